import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StreamId } from '@streamus/contracts';
import { type Logger, type Sealer, signRoomToken, streamKeyContext } from '@streamus/platform';
import type { Settings } from '../settings.ts';
import type { Finishing } from './finishing.ts';
import type { ClaimedStream, MediaRepository, WantedOutput } from './repository.ts';
import { Show, type ShowOutput } from './show.ts';

const RECONCILE_MS = 1_000;
const TOKEN_SECONDS = 600;

export interface SupervisorParts {
  readonly settings: Settings;
  readonly repository: MediaRepository;
  readonly sealer: Sealer;
  readonly finishing: Finishing;
  /** PEM file with all certificates to trust. */
  readonly caFile: string;
  /** Folder for sockets and short-lived secrets, mode 0700. */
  readonly runFolder: string;
  readonly logger: Logger;
}

/** Keeps what runs on this machine in line with what the database wants, once a second and when told to. */
export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #shows = new Map<StreamId, { readonly show: Show; readonly claimed: ClaimedStream }>();
  readonly #ending = new Map<StreamId, Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #working = false;
  #again = false;
  #reachable = true;
  #closed = false;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.wake(), RECONCILE_MS);
    this.wake();
  }

  /** Process ids per stream, for tests. */
  pids(streamId: StreamId): Show['pids'] | undefined {
    return this.#shows.get(streamId)?.show.pids;
  }

  /** Reconcile now, or once more after the round that is going on. */
  wake(): void {
    if (this.#closed) return;
    if (this.#working) {
      this.#again = true;
      return;
    }
    this.#working = true;
    this.#round()
      .then(() => this.#noteReachable(true, ''))
      .catch((error: unknown) => this.#noteReachable(false, describe(error)))
      .finally(() => {
        this.#working = false;
        if (!this.#again) return;
        this.#again = false;
        this.wake();
      });
  }

  /** Ends all shows in order and gives their leases back. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    const streams = [...this.#shows.keys()];
    await Promise.all(streams.map((id) => this.#end(id)));
    await Promise.all(this.#ending.values());
    await this.#parts.finishing.settled();
    await Promise.allSettled(streams.map((id) => this.#parts.repository.release(id)));
  }

  async #round(): Promise<void> {
    const { repository, finishing } = this.#parts;
    const claimed = await repository.claim();
    const claimedIds = new Set(claimed.map(({ id }) => id));
    for (const id of [...this.#shows.keys()]) if (!claimedIds.has(id)) void this.#end(id);
    for (const stream of claimed) {
      if (!this.#shows.has(stream.id) && !this.#ending.has(stream.id) && !this.#closed)
        await this.#begin(stream);
    }
    const wanted = await repository.wantedOutputs([...this.#shows.keys()]);
    for (const [id, { show, claimed: stream }] of this.#shows) {
      show.reconcile(
        wanted.filter((output) => output.streamId === id).flatMap((output) => this.#showOutput(output)),
      );
      const { programme, outputs } = show.health();
      await repository.saveHealth(stream, programme, outputs);
    }
    finishing.start((id) => this.#isOnAir(id));
  }

  #isOnAir(id: string): boolean {
    return [...this.#shows.keys(), ...this.#ending.keys()].some((own) => own === id);
  }

  async #begin(claimed: ClaimedStream): Promise<void> {
    const { settings, repository, logger, caFile, runFolder } = this.#parts;
    const recordingId = claimed.record ? await repository.recordingOf(claimed.id) : null;
    const secretFolder = join(runFolder, `secrets-${claimed.id}`);
    await mkdir(secretFolder, { recursive: true, mode: 0o700 });
    const show = new Show({
      streamId: claimed.id,
      livekitUrl: settings.livekitUrl,
      busPath: join(runFolder, `${claimed.id.slice(0, 8)}.sock`),
      dataDir: settings.dataDir,
      secretFolder,
      caFile,
      allowPrivate: settings.allowPrivateTargets,
      format: claimed.programme,
      recordingId,
      logLevel: settings.logLevel,
      logger: logger.child({ stream: claimed.id }),
      token: () =>
        signRoomToken(
          { apiKey: settings.livekitKey, apiSecret: settings.livekitSecret },
          { room: claimed.room, identity: `ingest:${claimed.id}`, role: 'ingest', ttlSeconds: TOKEN_SECONDS },
        ),
    });
    this.#shows.set(claimed.id, { show, claimed });
    logger.info({ stream: claimed.id, fence: claimed.fence, recording: recordingId }, 'show taken on');
  }

  #end(id: StreamId): Promise<void> {
    const running = this.#shows.get(id);
    if (running === undefined) return Promise.resolve();
    this.#shows.delete(id);
    this.#parts.logger.info({ stream: id }, 'show ends');
    const ended = this.#finishShow(id, running.show).finally(() => this.#ending.delete(id));
    this.#ending.set(id, ended);
    return ended;
  }

  async #finishShow(id: StreamId, show: Show): Promise<void> {
    await show.end();
    try {
      await this.#parts.repository.closeOutputs(id);
    } catch (error) {
      this.#parts.logger.warn({ stream: id, error: String(error) }, 'outputs stay marked as connected');
    }
  }

  #showOutput(output: WantedOutput): ShowOutput[] {
    const { settings, sealer, logger } = this.#parts;
    const retryRequestedAt = output.retryRequestedAt?.getTime() ?? null;
    if (output.platform === 'watch') {
      const folder = join(settings.dataDir, 'hls', output.streamId);
      return [{ id: output.id, target: { kind: 'hls', folder }, retryRequestedAt }];
    }
    if (output.url === null || output.sealedKey === null) return [];
    try {
      const key = sealer.open(output.sealedKey, streamKeyContext('stream_destinations', output.id));
      return [{ id: output.id, target: { kind: 'rtmp', url: output.url, key }, retryRequestedAt }];
    } catch (error) {
      logger.error({ output: output.id, error: String(error) }, 'stream key cannot be opened');
      return [];
    }
  }

  #noteReachable(reachable: boolean, error: string): void {
    if (reachable === this.#reachable) return;
    this.#reachable = reachable;
    if (reachable) this.#parts.logger.info({}, 'database is back');
    else this.#parts.logger.error({ error }, 'database cannot be reached; shows go on, new ones wait');
  }
}

/** A host name with several addresses fails with one error for each. */
function describe(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error);
}
