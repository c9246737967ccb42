import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { StreamId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { Logger } from '@streamus/platform';
import type { ObjectStore } from '@streamus/platform/objects';
import { type AssetId, migrate } from '@streamus/studio';
import type { Kysely } from 'kysely';
import { PLAIN_LOOK, type SlateLook } from '../egress/slate.ts';

/** The show does not wait longer for a picture of its slate. */
const PATIENCE_MS = 1_000;

/** Brings a studio's brand to this machine, as far as the slate shows it. */
export class SlateLooks {
  readonly #db: Kysely<Database>;
  readonly #objects: ObjectStore;
  readonly #folder: string;
  readonly #logger: Logger;

  constructor(db: Kysely<Database>, objects: ObjectStore, folder: string, logger: Logger) {
    this.#db = db;
    this.#objects = objects;
    this.#folder = folder;
    this.#logger = logger;
  }

  /** Never rejects: what cannot be had is left out. */
  async of(streamId: StreamId): Promise<SlateLook> {
    try {
      const { document } = await this.#db
        .selectFrom('streams')
        .innerJoin('studios', 'studios.id', 'streams.studio_id')
        .select('studios.document')
        .where('streams.id', '=', streamId)
        .executeTakeFirstOrThrow();
      const { brand, background } = migrate(document).onAir;
      const { logo } = brand;
      const [backgroundFile, logoFile] = await Promise.all([
        background.kind === 'image' ? this.#file(streamId, 'background', background.asset) : null,
        logo === null ? null : this.#file(streamId, 'logo', logo.asset),
      ]);
      const backgroundColour = background.kind === 'colour' ? background.colour : PLAIN_LOOK.backgroundColour;
      return { backgroundColour, backgroundFile, logoFile };
    } catch (error) {
      this.#logger.warn({ stream: streamId, error: String(error) }, 'the slate goes without the brand');
      return PLAIN_LOOK;
    }
  }

  /** The stream is not this worker's any more. */
  async forget(streamId: StreamId): Promise<void> {
    for (const part of ['background', 'logo'] as const) await rm(this.#path(streamId, part), { force: true });
  }

  async #file(streamId: StreamId, part: 'background' | 'logo', asset: AssetId): Promise<string | null> {
    const path = this.#path(streamId, part);
    try {
      const { file_url: key } = await this.#db
        .selectFrom('brand_assets')
        .select('file_url')
        .where('id', '=', asset)
        .executeTakeFirstOrThrow();
      await pipeline(this.#objects.read(key), createWriteStream(path, { mode: 0o600 }), {
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return path;
    } catch (error) {
      this.#logger.warn({ stream: streamId, part, error: String(error) }, 'the slate goes without a picture');
      return null;
    }
  }

  #path(streamId: StreamId, part: 'background' | 'logo'): string {
    return join(this.#folder, `slate-${streamId}-${part}.png`);
  }
}
