import { hostname } from 'node:os';
import { join } from 'node:path';
import type { StreamId } from '@streamus/contracts';
import { chooseStreams, mayGoOn, type WorkerLoad } from '@streamus/outputs';
import { type Logger, type Sealer, signRoomToken, streamKeyContext } from '@streamus/platform';
import type { StreamMeasures } from '../media-metrics.ts';
import { monotonicMs } from '../monotonic.ts';
import type { Uploader } from '../recorder/uploader.ts';
import type { Settings } from '../settings.ts';
import { CarriedShow } from './carried-show.ts';
import type { Finishing } from './finishing.ts';
import { type HeldLease, LEASE_SECONDS, type LeaseRepository } from './lease-repository.ts';
import type { RecordingRepository } from './recording-repository.ts';
import type { ClaimedStream, MediaRepository, WantedOutput } from './repository.ts';
import { Show, type ShowOutput } from './show.ts';
import type { SlateLooks } from './slate-looks.ts';

const RECONCILE_MS = 1_000;
const GUARD_MS = 500;
const LEASE_MS = LEASE_SECONDS * 1_000;
/** Egress must hear of the supervisor at least this often: two of its looks, in case one comes late. */
const LEAST_PATIENCE_MS = 2 * GUARD_MS;
const TOKEN_SECONDS = 600;

export interface SupervisorParts {
  readonly worker: string;
  readonly settings: Settings;
  readonly repository: MediaRepository;
  readonly leases: LeaseRepository;
  readonly sealer: Sealer;
  readonly recordings: RecordingRepository;
  readonly uploader: Uploader;
  readonly finishing: Finishing;
  readonly slateLooks: SlateLooks;
  /** PEM file with all certificates to trust. */
  readonly caFile: string;
  /** Folder for sockets, mode 0700. */
  readonly runFolder: string;
  readonly logger: Logger;
}

/** Keeps what runs on this machine in line with what the database wants, once a second and when told to. */
export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #shows = new Map<StreamId, CarriedShow>();
  readonly #ending = new Map<StreamId, Promise<void>>();
  readonly #waitingSince = new Map<StreamId, number>();
  readonly #timers: readonly NodeJS.Timeout[];
  #others: readonly WorkerLoad[] = [];
  #leaseUntil = 0;
  #working = false;
  #again = false;
  #reachable = true;
  #closed = false;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
    this.#timers = [
      setInterval(() => this.wake(), RECONCILE_MS),
      setInterval(() => this.#guard(monotonicMs()), GUARD_MS),
    ];
    this.wake();
  }

  /** Every show this worker carries, for metrics. */
  measures(): StreamMeasures[] {
    return [...this.#shows.values()].map((carried) => carried.measures);
  }

  get load(): WorkerLoad {
    const now = monotonicMs();
    const usedCores = [...this.#shows.values()].reduce((sum, carried) => sum + carried.usedCores(now), 0);
    return { id: this.#parts.worker, capacityCores: this.#parts.settings.capacityCores, usedCores };
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
    for (const timer of this.#timers) clearInterval(timer);
    const streams = [...this.#shows.keys()];
    await Promise.all(streams.map((id) => this.#end(id)));
    await Promise.all(this.#ending.values());
    await this.#parts.finishing.close();
    await this.#parts.uploader.close();
    await Promise.allSettled(streams.map((id) => this.#parts.leases.release(id)));
    await Promise.allSettled([this.#parts.leases.leave()]);
  }

  async #round(): Promise<void> {
    const { repository, leases, finishing } = this.#parts;
    const askedAt = monotonicMs();
    this.#others = await leases.announce(hostname(), this.load);
    const held = await leases.renew();
    // A supervisor that hangs from the last moment on leaves egress its least patience, and that is within the lease.
    this.#leaseUntil = askedAt + LEASE_MS - LEAST_PATIENCE_MS;
    await this.#letGo(held);
    const taken = await this.#takeWaiting(askedAt);
    const unknown = [...held, ...taken].filter(({ id }) => !this.#shows.has(id) && !this.#ending.has(id));
    for (const stream of await repository.describe(unknown)) {
      if (!this.#closed)
        await this.#begin(
          stream,
          taken.some(({ id, fence }) => id === stream.id && fence === 1),
        );
    }
    await this.#reconcile();
    finishing.start((id) => this.#isOnAir(id));
  }

  /** Ends what is over and abandons what another worker has by now. */
  async #letGo(held: readonly HeldLease[]): Promise<void> {
    const heldIds = new Set(held.map(({ id }) => id));
    const gone = [...this.#shows.keys()].filter((id) => !heldIds.has(id));
    const live = await this.#parts.leases.stillLive(gone);
    for (const id of gone) {
      if (live.has(id)) this.#abandon(id, 'another worker has it');
      else void this.#end(id);
    }
    for (const id of heldIds) this.#shows.get(id)?.show.confirm();
  }

  async #takeWaiting(now: number): Promise<readonly HeldLease[]> {
    const { leases, repository, logger } = this.#parts;
    if (this.#closed) return [];
    const uncarried = await leases.uncarried();
    const since = new Map(uncarried.map(({ id }) => [id, this.#waitingSince.get(id) ?? now]));
    this.#waitingSince.clear();
    for (const [id, at] of since) this.#waitingSince.set(id, at);
    const waiting = uncarried.map((stream) => ({ ...stream, waitedMs: now - (since.get(stream.id) ?? now) }));
    const { take, refused } = chooseStreams(this.load, this.#others, waiting);
    for (const { id } of uncarried) {
      if (!refused.includes(id)) continue;
      logger.warn({ stream: id, load: this.load }, 'no room for another stream');
      await repository.tellNoCapacity(id);
    }
    return leases.take(take);
  }

  async #reconcile(): Promise<void> {
    const { repository } = this.#parts;
    const wanted = await repository.wantedOutputs([...this.#shows.keys()]);
    for (const [id, carried] of this.#shows) {
      const own = wanted.filter((output) => output.streamId === id);
      carried.wanted = own;
      carried.show.reconcile(own.flatMap((output) => this.#showOutput(output)));
      const { programme, outputs } = carried.show.health();
      const happened = carried.pending;
      if (await repository.saveHealth(carried.stream, programme, outputs, happened))
        carried.written(happened);
    }
  }

  /** Runs whether or not the database answers: no stream may be pushed by two workers. SPEC A7, A8 of outputs. */
  #guard(now: number): void {
    const others = this.#others.length > 0;
    // Egress ends itself when the supervisor hangs, before another worker may begin: one that came just now, too.
    const patienceMs =
      now < this.#leaseUntil ? Math.max(this.#leaseUntil - now, LEAST_PATIENCE_MS) : LEASE_MS;
    for (const [id, carried] of this.#shows) {
      carried.observe(now);
      const { displaced, inRoom } = carried.show;
      if (mayGoOn({ now, leaseUntil: this.#leaseUntil, displaced, inRoom, others }))
        carried.show.goOn(patienceMs);
      else this.#abandon(id, displaced ? 'displaced in the room' : 'lease and room are lost');
    }
  }

  #isOnAir(id: string): boolean {
    return [...this.#shows.keys(), ...this.#ending.keys()].some((own) => own === id);
  }

  /** `first`: nobody has carried it before. */
  async #begin(claimed: ClaimedStream, first: boolean): Promise<void> {
    const { settings, repository, recordings, uploader, slateLooks, logger, caFile, runFolder } = this.#parts;
    const recordingId = claimed.record ? await recordings.recordingOf(claimed.id) : null;
    const show = new Show({
      streamId: claimed.id,
      livekitUrl: settings.livekitUrl,
      busPath: join(runFolder, `${claimed.id.slice(0, 8)}.sock`),
      dataDir: settings.dataDir,
      caFile,
      allowPrivate: settings.allowPrivateTargets,
      format: claimed.programme,
      look: await slateLooks.of(claimed.id),
      recording:
        recordingId === null
          ? null
          : { recordingId, fence: claimed.fence, reserveBytes: settings.diskReserveBytes },
      upload: (id) => uploader.state(id),
      recordedBefore: first ? 0 : await repository.recordedSeconds(claimed.id),
      logLevel: settings.logLevel,
      logger: logger.child({ stream: claimed.id }),
      token: () =>
        signRoomToken(
          { apiKey: settings.livekitKey, apiSecret: settings.livekitSecret },
          { room: claimed.room, identity: `ingest:${claimed.id}`, role: 'ingest', ttlSeconds: TOKEN_SECONDS },
        ),
    });
    this.#shows.set(claimed.id, new CarriedShow(show, claimed, first, monotonicMs()));
    logger.info({ stream: claimed.id, fence: claimed.fence, recording: recordingId }, 'show taken on');
  }

  #end(id: StreamId): Promise<void> {
    return this.#leave(id, 'it is over', async (show) => {
      await show.end();
      try {
        await this.#parts.repository.closeOutputs(id);
      } catch (error) {
        this.#parts.logger.warn({ stream: id, error: String(error) }, 'outputs stay marked as connected');
      }
    });
  }

  #abandon(id: StreamId, reason: string): void {
    void this.#leave(id, reason, (show) => show.abandon());
  }

  #leave(id: StreamId, reason: string, work: (show: Show) => Promise<void>): Promise<void> {
    const carried = this.#shows.get(id);
    if (carried === undefined) return Promise.resolve();
    this.#shows.delete(id);
    this.#parts.logger.info({ stream: id, reason }, 'show is left');
    const left = work(carried.show)
      .then(() => this.#parts.slateLooks.forget(id))
      .finally(() => this.#ending.delete(id));
    this.#ending.set(id, left);
    return left;
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
