import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { IMAGE_MAX_BYTES, KIT_FILE_MAX_BYTES, type UserId } from '@streamus/contracts';
import { CONFIG, type Config } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';

/** Disk that uploads in progress may take, in bytes, each counted at the most it may have: of one user, of all. */
const MAX_OF_USER = KIT_FILE_MAX_BYTES + 5 * IMAGE_MAX_BYTES;
const MAX_OF_ALL = 10 * KIT_FILE_MAX_BYTES;
/** What a process leaves behind when it is killed is removed by the next start after this long. */
const LEFTOVER_MS = 86_400_000;

/** Holds uploads on disk while they are checked; each has a folder of its own, gone when the work is done. */
@Injectable()
export class UploadSpool implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #root: string;
  readonly #own: string;
  readonly #reserved = new Map<UserId, number>();

  constructor(@Inject(CONFIG) config: Config) {
    this.#root = join(config.DATA_DIR, 'uploads');
    this.#own = join(this.#root, randomUUID());
  }

  async onApplicationBootstrap(): Promise<void> {
    await mkdir(this.#own, { recursive: true });
    for (const name of await readdir(this.#root)) {
      const folder = join(this.#root, name);
      const { mtimeMs } = await stat(folder);
      if (mtimeMs < Date.now() - LEFTOVER_MS) await rm(folder, { recursive: true, force: true });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await rm(this.#own, { recursive: true, force: true });
  }

  /** Writes `chunks` (at most `maxBytes`) to a file and does `work` with its path, beside which it may write more. */
  async hold<T>(
    owner: UserId,
    chunks: AsyncIterable<Uint8Array>,
    maxBytes: number,
    work: (path: string) => Promise<T>,
  ): Promise<T> {
    this.#reserve(owner, maxBytes);
    const folder = join(this.#own, randomUUID());
    try {
      await mkdir(folder, { recursive: true });
      const path = join(folder, 'upload');
      await pipeline(chunks, createWriteStream(path, { mode: 0o600 }));
      return await work(path);
    } finally {
      await rm(folder, { recursive: true, force: true });
      this.#release(owner, maxBytes);
    }
  }

  #reserve(owner: UserId, bytes: number): void {
    const own = this.#reserved.get(owner) ?? 0;
    const all = [...this.#reserved.values()].reduce((sum, reserved) => sum + reserved, 0);
    if (own + bytes > MAX_OF_USER || all + bytes > MAX_OF_ALL) throw new AppError('images_busy');
    this.#reserved.set(owner, own + bytes);
  }

  #release(owner: UserId, bytes: number): void {
    const left = (this.#reserved.get(owner) ?? 0) - bytes;
    if (left > 0) this.#reserved.set(owner, left);
    else this.#reserved.delete(owner);
  }
}
