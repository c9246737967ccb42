import type { LoadedImage } from '@streamus/compositor';
import { brandAssetPaths } from '@streamus/contracts';
import type { AssetId } from '@streamus/studio';

/** Loads the images a studio may show, each once, and hands them on. */
export interface BrandImages {
  load(assets: readonly AssetId[]): void;
  /** Resolves when what is being loaded is there, has failed, or is not worth waiting for any longer. */
  settled(): Promise<void>;
  close(): void;
}

/** A still picture waits so long for an image that has just been asked for; a second one of it follows anyway. */
const PATIENCE_MS = 2_000;

export function createBrandImages(options: {
  /** Of the API; empty: the page's own. */
  origin: string;
  onImage: (asset: AssetId, image: LoadedImage) => void;
}): BrandImages {
  const asked = new Set<AssetId>();
  const loading = new Set<{ readonly done: Promise<void>; readonly sinceMs: number }>();
  let closed = false;

  async function fetchImage(asset: AssetId): Promise<LoadedImage | null> {
    const { path } = brandAssetPaths(asset);
    const response = await fetch(options.origin + path, { credentials: 'same-origin' });
    if (!response.ok) return null;
    const file = await response.blob();
    const image = await createImageBitmap(file);
    const { width, height } = image;
    image.close();
    return { file, width, height };
  }

  async function loadOne(asset: AssetId): Promise<void> {
    try {
      const image = await fetchImage(asset);
      if (image === null) asked.delete(asset);
      else if (!closed) options.onImage(asset, image);
    } catch {
      // Asked for again with the next change; the programme goes on without it.
      asked.delete(asset);
    }
  }

  return {
    load(assets) {
      const used = new Set(assets);
      // The painter forgets images out of use, so they must be loaded again when they return.
      for (const asset of asked) if (!used.has(asset)) asked.delete(asset);
      for (const asset of used) {
        if (asked.has(asset)) continue;
        asked.add(asset);
        const load = { done: loadOne(asset), sinceMs: performance.now() };
        loading.add(load);
        void load.done.then(() => loading.delete(load));
      }
    },
    async settled() {
      const newest = Math.max(...[...loading].map(({ sinceMs }) => sinceMs));
      const patienceMs = newest + PATIENCE_MS - performance.now();
      if (patienceMs <= 0) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, patienceMs);
      });
      await Promise.race([Promise.all([...loading].map(({ done }) => done)), late]);
      clearTimeout(timer);
    },
    close() {
      closed = true;
    },
  };
}
