import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type DestinationId,
  type DestinationView,
  destinationIdSchema,
  type UserId,
} from '@streamus/contracts';
import { checkTarget, testConnection } from '@streamus/destinations';
import { type Sealer, Secret, streamKeyContext } from '@streamus/platform';
import { CONFIG, type Config, SEALER } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { DestinationsRepository } from './destinations-repository.ts';

/** A person waits in front of the screen for this. */
const TEST_LIMIT_MS = 8_000;

@Injectable()
export class DestinationsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DestinationsRepository) private readonly destinations: DestinationsRepository,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  async list(userId: UserId): Promise<DestinationView[]> {
    return (await this.destinations.list(userId)).map((row) => this.#view(row));
  }

  async create(userId: UserId, wish: { name: string; url: string; key: string }): Promise<DestinationView> {
    await this.#check(wish.url);
    const id = destinationIdSchema.parse(randomUUID());
    const sealedKey = this.#seal(id, wish.key);
    return this.#view(
      await this.destinations.create({ id, userId, name: wish.name, url: wish.url, sealedKey }),
    );
  }

  async update(
    id: DestinationId,
    userId: UserId,
    change: { name?: string | undefined; url?: string | undefined; key?: string | undefined },
  ): Promise<DestinationView> {
    const known = await this.#own(id, userId);
    if (change.url !== undefined) await this.#check(change.url);
    const row = await this.destinations.update(id, {
      name: change.name ?? known.name,
      url: change.url ?? known.rtmp_url,
      sealedKey: change.key === undefined ? known.stream_key_sealed : this.#seal(id, change.key),
    });
    return this.#view(row);
  }

  async remove(id: DestinationId, userId: UserId): Promise<void> {
    await this.#own(id, userId);
    if (await this.destinations.isLive(id)) throw new AppError('destination_in_use');
    await this.destinations.remove(id);
  }

  /** Connects as far as a server lets one without going on air. */
  async test(
    userId: UserId,
    wish: { destinationId: DestinationId | null; url?: string | undefined; key?: string | undefined },
  ) {
    const known = wish.destinationId === null ? null : await this.#own(wish.destinationId, userId);
    const url = wish.url ?? known?.rtmp_url;
    if (url === undefined) throw new AppError('url_invalid');
    const result = await testConnection(url, this.#keyOf(known, wish.key), {
      allowPrivate: this.config.ALLOW_PRIVATE_TARGETS,
      caFile: this.config.EXTRA_CA_FILE ?? null,
      timeoutMs: TEST_LIMIT_MS,
    });
    if (!result.ok) throw new AppError(result.code);
    return { reachable: true as const };
  }

  async #check(url: string): Promise<void> {
    const result = await checkTarget(url, { allowPrivate: this.config.ALLOW_PRIVATE_TARGETS });
    // A name that cannot be resolved now may be right tomorrow; the connection test tells.
    if (!result.ok && result.code !== 'target_dns') throw new AppError(result.code, { url: result.code });
  }

  async #own(id: DestinationId, userId: UserId) {
    const row = await this.destinations.findOwn(id, userId);
    if (row === undefined) throw new AppError('not_found');
    return row;
  }

  #keyOf(known: Row | null, given: string | undefined): Secret {
    if (given !== undefined) return new Secret(given);
    if (known === null) return new Secret('');
    return this.sealer.open(known.stream_key_sealed, streamKeyContext('destinations', known.id));
  }

  #seal(id: DestinationId, key: string): string {
    return this.sealer.seal(new Secret(key), streamKeyContext('destinations', id));
  }

  #view(row: Row): DestinationView {
    const key = this.sealer.open(row.stream_key_sealed, streamKeyContext('destinations', row.id));
    return {
      id: row.id,
      platform: row.platform,
      name: row.name,
      url: row.rtmp_url,
      hasKey: key.reveal() !== '',
      createdAt: row.created_at.toISOString(),
    };
  }
}

type Row = NonNullable<Awaited<ReturnType<DestinationsRepository['findOwn']>>>;
