import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import {
  KIT_CONTENT_MAX_BYTES,
  KIT_FILE_VERSION,
  KIT_MANIFEST_ENTRY,
  KIT_MAX_IMAGES,
  type KitManifest,
  kitFileKindSchema,
  kitManifestSchema,
} from '@streamus/contracts';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError } from '../../http/app-error.ts';

/** The content, written with indentation, and the names of the images. */
const MANIFEST_MAX_BYTES = 4 * KIT_CONTENT_MAX_BYTES;
/** The largest image this server writes: 3840 × 3840 pixels of 4 bytes, if nothing could be compressed. */
const ENTRY_MAX_BYTES = 64 * 1024 * 1024;
/** Images, manifest, and some that other programs add. */
const MAX_ENTRIES = KIT_MAX_IMAGES + 50;

/** An exported kit. Entries are looked up by name; no name is ever used as a path. */
export class KitFile {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  static open(path: string): Promise<KitFile> {
    return readable(async () => {
      const zip = await openPromise(path, { autoClose: false, strictFileNames: true });
      try {
        if (zip.entryCount > MAX_ENTRIES) throw new AppError('kit_file_unreadable');
        const entries = new Map<string, Entry>();
        for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
        return new KitFile(zip, entries);
      } catch (error) {
        zip.close();
        throw error;
      }
    });
  }

  close(): void {
    this.#zip.close();
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  async manifest(): Promise<KitManifest> {
    const value = await readable(async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of await this.#read(KIT_MANIFEST_ENTRY, MANIFEST_MAX_BYTES)) {
        chunks.push(Buffer.from(chunk));
      }
      const json: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      return json;
    });
    const kind = kitFileKindSchema.safeParse(value);
    if (!kind.success) throw new AppError('kit_file_unreadable');
    if (kind.data.version > KIT_FILE_VERSION) throw new AppError('kit_file_newer');
    const manifest = kitManifestSchema.safeParse(value);
    if (manifest.success) return manifest.data;
    throw new AppError(
      'kit_file_unreadable',
      Object.fromEntries(manifest.error.issues.map((issue) => [issue.path.join('.'), issue.message])),
    );
  }

  /** Writes an entry to a file of its own. */
  extract(name: string, path: string): Promise<void> {
    return readable(async () =>
      pipeline(await this.#read(name, ENTRY_MAX_BYTES), createWriteStream(path, { mode: 0o600 })),
    );
  }

  /** What an entry holds; the length it declares is a promise that the reader enforces. */
  async #read(name: string, maxBytes: number) {
    const entry = this.#entries.get(name);
    if (entry === undefined || entry.uncompressedSize > maxBytes) throw new AppError('kit_file_unreadable');
    return this.#zip.openReadStreamPromise(entry);
  }
}

/** What the archive's reader complains about is the file's fault; what the system complains about is not. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError || isSystemError(error)) throw error;
    throw new AppError('kit_file_unreadable');
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
