import {
  type BrandAssetType,
  type BrandAssetView,
  type BrandFolderId,
  type BrandFolderView,
  type ErrorCode,
  IMAGE_MAX_BYTES,
  routes,
} from '@streamus/contracts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { api } from '@/lib/api.ts';
import { sendFile } from '@/lib/send-file.ts';

/** A file on its way to the library. */
export interface Upload {
  readonly id: string;
  readonly type: BrandAssetType;
  readonly file: File;
  readonly folder: BrandFolderId | null;
  readonly state:
    | { readonly kind: 'waiting' | 'preparing' }
    | { readonly kind: 'sending'; readonly share: number }
    | { readonly kind: 'failed'; readonly code: ErrorCode };
}

/** What was deleted a moment ago. */
export type Deleted =
  | { readonly kind: 'image'; readonly item: BrandAssetView }
  | { readonly kind: 'folder'; readonly item: BrandFolderView };

export interface LibraryState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly assets: readonly BrandAssetView[];
  readonly folders: readonly BrandFolderView[];
  readonly usedBytes: number;
  readonly maxBytes: number;
  readonly uploads: readonly Upload[];
  /** Newest first. */
  readonly deleted: readonly Deleted[];
  readonly problem: ErrorCode | null;
}

/** The images of a studio's owner as this page knows them. Lives as long as the page, so that uploads outlive panels. */
export interface BrandLibrary {
  readonly store: StoreApi<LibraryState>;
  load(): Promise<void>;
  /** Resolves with the image, or null when it was refused: the upload says why. */
  upload(type: BrandAssetType, file: File, folder?: BrandFolderId | null): Promise<BrandAssetView | null>;
  /** A refused upload once more. */
  again(upload: Upload): Promise<BrandAssetView | null>;
  dismiss(upload: Upload): void;
  change(
    asset: BrandAssetView,
    change: { name?: string; folder?: BrandFolderId | null },
  ): Promise<ErrorCode | null>;
  remove(asset: BrandAssetView): Promise<void>;
  createFolder(name: string): Promise<ErrorCode | null>;
  renameFolder(folder: BrandFolderView, name: string): Promise<ErrorCode | null>;
  removeFolder(folder: BrandFolderView): Promise<void>;
  undo(deleted: Deleted): Promise<void>;
}

/** Ways back that are offered at once. */
const DELETED_LIMIT = 3;

const EMPTY: LibraryState = {
  status: 'loading',
  assets: [],
  folders: [],
  usedBytes: 0,
  maxBytes: 0,
  uploads: [],
  deleted: [],
  problem: null,
};

const libraries = new Map<string, BrandLibrary>();

/** The page's one library of this studio. */
export function brandLibrary(studioId: string, guestToken: string | null): BrandLibrary {
  const key = `${studioId} ${guestToken ?? ''}`;
  const known = libraries.get(key) ?? createBrandLibrary(studioId, guestToken);
  libraries.set(key, known);
  return known;
}

function createBrandLibrary(studioId: string, guestToken: string | null): BrandLibrary {
  const store = createStore<LibraryState>(() => EMPTY);
  const params = { studioId };
  const set = (change: (now: LibraryState) => Partial<LibraryState>) => store.setState(change);
  /** One at a time: the server works seconds on each. */
  let queue: Promise<unknown> = Promise.resolve();

  async function load(): Promise<void> {
    const result = await api(routes.listBrandAssets, { params }, guestToken);
    if (result.ok) set(() => ({ status: 'ready', problem: null, ...result.value }));
    else set(({ status }) => ({ status: status === 'ready' ? 'ready' : 'failed', problem: result.code }));
  }

  function setUpload(id: string, state: Upload['state']): void {
    set(({ uploads }) => ({
      uploads: uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)),
    }));
  }

  const withoutUpload = (id: string) => (now: LibraryState) => ({
    uploads: now.uploads.filter((upload) => upload.id !== id),
  });

  function putAsset(asset: BrandAssetView, bytes: number): void {
    set(({ assets, usedBytes }) => ({
      assets: assets.some(({ id }) => id === asset.id)
        ? assets.map((other) => (other.id === asset.id ? asset : other))
        : [asset, ...assets],
      usedBytes: usedBytes + bytes,
    }));
  }

  async function send({ id, type, file, folder }: Upload): Promise<BrandAssetView | null> {
    setUpload(id, { kind: 'sending', share: 0 });
    const name =
      file.name
        .replace(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 200) || 'image';
    const result = await sendFile(
      routes.uploadBrandAsset,
      { params, query: { type, name, ...(folder === null ? {} : { folder }) } },
      file,
      {
        guestToken,
        onProgress: (share) => setUpload(id, share < 1 ? { kind: 'sending', share } : { kind: 'preparing' }),
      },
    );
    if (!result.ok) {
      setUpload(id, { kind: 'failed', code: result.code });
      return null;
    }
    set(withoutUpload(id));
    putAsset(result.value, result.value.bytes);
    return result.value;
  }

  function enqueue(upload: Upload): Promise<BrandAssetView | null> {
    if (upload.file.size > IMAGE_MAX_BYTES) {
      setUpload(upload.id, { kind: 'failed', code: 'image_too_large' });
      return Promise.resolve(null);
    }
    const sent = queue.then(() => send(upload));
    queue = sent;
    return sent;
  }

  const offer = (deleted: Deleted) => (now: LibraryState) => ({
    problem: null,
    deleted: [deleted, ...now.deleted].slice(0, DELETED_LIMIT),
  });
  const withdraw = (deleted: Deleted) => (now: LibraryState) => ({
    deleted: now.deleted.filter(({ item }) => item.id !== deleted.item.id),
  });

  async function undoImage(deleted: Extract<Deleted, { kind: 'image' }>): Promise<void> {
    const call = { params: { studioId, assetId: deleted.item.id } };
    const result = await api(routes.restoreBrandAsset, call, guestToken);
    if (result.ok) putAsset(result.value, result.value.bytes);
    else set(() => ({ problem: result.code }));
  }

  async function undoFolder({ item }: Extract<Deleted, { kind: 'folder' }>): Promise<void> {
    const call = { params: { studioId, folderId: item.id } };
    const result = await api(routes.restoreBrandFolder, call, guestToken);
    if (result.ok) await load();
    else set(() => ({ problem: result.code }));
  }

  return {
    store,
    load,
    upload(type, file, folder = null) {
      const upload: Upload = {
        id: crypto.randomUUID(),
        type,
        file,
        folder,
        state: { kind: 'waiting' },
      };
      // A new try of the same kind takes the place of what was refused before.
      set(({ uploads }) => ({
        uploads: [...uploads.filter((other) => other.type !== type || other.state.kind !== 'failed'), upload],
      }));
      return enqueue(upload);
    },
    again(upload) {
      setUpload(upload.id, { kind: 'waiting' });
      return enqueue(upload);
    },
    dismiss: ({ id }) => set(withoutUpload(id)),
    async change(asset, change) {
      const call = { params: { studioId, assetId: asset.id }, body: change };
      const result = await api(routes.changeBrandAsset, call, guestToken);
      if (!result.ok) return result.code;
      putAsset(result.value, 0);
      return null;
    },
    async remove(asset) {
      const deleted: Deleted = { kind: 'image', item: asset };
      set(({ assets, usedBytes }) => ({
        assets: assets.filter(({ id }) => id !== asset.id),
        usedBytes: usedBytes - asset.bytes,
      }));
      set(offer(deleted));
      const call = { params: { studioId, assetId: asset.id } };
      const result = await api(routes.deleteBrandAsset, call, guestToken);
      if (result.ok) return;
      set(withdraw(deleted));
      await load();
      set(() => ({ problem: result.code }));
    },
    async createFolder(name) {
      const result = await api(routes.createBrandFolder, { params, body: { name } }, guestToken);
      if (!result.ok) return result.code;
      set(({ folders }) => ({ folders: byName([...folders, result.value]) }));
      return null;
    },
    async renameFolder(folder, name) {
      const call = { params: { studioId, folderId: folder.id }, body: { name } };
      const result = await api(routes.renameBrandFolder, call, guestToken);
      if (!result.ok) return result.code;
      set(({ folders }) => ({
        folders: byName(folders.map((other) => (other.id === folder.id ? result.value : other))),
      }));
      return null;
    },
    async removeFolder(folder) {
      const deleted: Deleted = { kind: 'folder', item: folder };
      set(({ folders, assets }) => ({
        folders: folders.filter(({ id }) => id !== folder.id),
        assets: assets.map((asset) => (asset.folder === folder.id ? { ...asset, folder: null } : asset)),
      }));
      set(offer(deleted));
      const call = { params: { studioId, folderId: folder.id } };
      const result = await api(routes.deleteBrandFolder, call, guestToken);
      if (result.ok) return;
      set(withdraw(deleted));
      await load();
      set(() => ({ problem: result.code }));
    },
    async undo(deleted) {
      set(withdraw(deleted));
      await (deleted.kind === 'image' ? undoImage(deleted) : undoFolder(deleted));
    },
  };
}

function byName(folders: readonly BrandFolderView[]): BrandFolderView[] {
  return [...folders].sort((a, b) => a.name.localeCompare(b.name));
}
