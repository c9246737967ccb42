import { readdir, rm } from 'node:fs/promises';
import { type RecordingId, takePrefix } from '@streamus/contracts';
import type { Logger } from '@streamus/platform';
import { type ObjectStore, ObjectStoreError, removeAll } from '@streamus/platform/objects';
import { monotonicMs } from '../monotonic.ts';
import { finaliseTake } from '../recorder/finalise.ts';
import { salvageTake } from '../recorder/salvage.ts';
import { spoolFolder, takeFolder, workFolder } from '../recorder/take.ts';
import type { Uploader } from '../recorder/uploader.ts';
import type { RecordingRepository, UnfinishedRecording } from './recording-repository.ts';
import { type RecoveryParts, recoverTakes, sweepStore } from './recover-takes.ts';

/** Failures after which a recording is given up until the next start; its take stays for whoever looks into it. */
const MAX_FAILURES = 5;
const FIRST_PAUSE_MS = 2_000;
const LAST_PAUSE_MS = 60_000;
/** A worker that has nothing of the take leaves it to the others for this long. */
const STRANGER_WAITS_MS = 30_000;
const PROGRESS_MS = 2_000;

interface Trouble {
  readonly failures: number;
  readonly pauseMs: number;
  readonly retryAt: number;
}

export interface FinishingParts {
  readonly repository: Pick<
    RecordingRepository,
    'unfinished' | 'claim' | 'release' | 'events' | 'partsReady' | 'advance' | 'finish' | 'fail'
  > &
    RecoveryParts['repository'];
  readonly uploader: Pick<Uploader, 'start' | 'pause' | 'resume'>;
  readonly store: ObjectStore;
  readonly dataDir: string;
  readonly logger: Logger;
  /** Monotonic, ms. */
  readonly now?: () => number;
  readonly finalise?: typeof finaliseTake;
}

/**
 * Turns finished takes into recordings, one at a time, whenever it is called. One that must be encoded is left to itself, so
 * that the others need not wait for it; of those, one encodes at a time.
 */
export class Finishing {
  readonly #parts: FinishingParts;
  readonly #now: () => number;
  readonly #finalise: typeof finaliseTake;
  readonly #troubles = new Map<string, Trouble>();
  readonly #ending = new AbortController();
  /** Recordings under way. */
  readonly #inHand = new Map<RecordingId, Promise<void>>();
  #recovered = false;
  /** Done when what the store need not keep has gone. */
  #sweeping: Promise<void> = Promise.resolve();
  /** Done when nothing is encoded any more. */
  #encoding: Promise<void> = Promise.resolve();
  #busy: Promise<void> | undefined;

  constructor(parts: FinishingParts) {
    this.#parts = parts;
    this.#now = parts.now ?? monotonicMs;
    this.#finalise = parts.finalise ?? finaliseTake;
  }

  /** Starts with what is unfinished; `onAir` tells which streams still write. Does nothing while busy. */
  start(onAir: (streamId: string) => boolean): void {
    if (this.#busy !== undefined || this.#ending.signal.aborted) return;
    this.#busy = this.#run(onAir)
      .catch((error: unknown) =>
        this.#parts.logger.error({ error: String(error) }, 'recordings cannot be finished now'),
      )
      .finally(() => {
        this.#busy = undefined;
      });
  }

  async settled(): Promise<void> {
    await this.#busy;
    await Promise.all([this.#sweeping, ...this.#inHand.values()]);
  }

  /** Leaves what is under way to the next start. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.settled();
  }

  async #run(onAir: (streamId: string) => boolean): Promise<void> {
    const { repository, uploader, dataDir } = this.#parts;
    const here = new Set(await readdir(spoolFolder(dataDir)).catch(() => []));
    if (!this.#recovered) {
      await recoverTakes([...here], this.#parts);
      this.#recovered = true;
      uploader.start();
      this.#sweeping = sweepStore(this.#parts);
    }
    for (const recording of await repository.unfinished()) {
      if (this.#ending.signal.aborted) return;
      if (this.#inHand.has(recording.id)) continue;
      if (this.#now() < (this.#troubles.get(recording.id)?.retryAt ?? 0)) continue;
      if (recording.streamId !== null && onAir(recording.streamId)) continue;
      if (!here.has(recording.id) && recording.endedMsAgo < STRANGER_WAITS_MS) continue;
      if (await repository.claim(recording.id)) await this.#begin(recording);
    }
  }

  /** Done when the recording is, or when it has come to be encoded. */
  #begin(recording: UnfinishedRecording): Promise<void> {
    const { promise: takesLong, resolve } = Promise.withResolvers<void>();
    const work = this.#finish(recording, resolve)
      .catch((error: unknown) =>
        this.#parts.logger.error(
          { recording: recording.id, error: String(error) },
          'a recording stays unfinished',
        ),
      )
      .finally(() => this.#inHand.delete(recording.id));
    this.#inHand.set(recording.id, work);
    return Promise.race([work, takesLong]);
  }

  async #finish({ id, streamId }: UnfinishedRecording, takesLong: () => void): Promise<void> {
    const { repository, uploader, store, dataDir, logger } = this.#parts;
    const folder = takeFolder(dataDir, id);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    let done: number | null = null;
    const report = setInterval(() => {
      repository
        .advance(id, done)
        .catch((error: unknown) => logger.warn({ error: String(error) }, 'no progress'));
    }, PROGRESS_MS);
    await uploader.pause(id);
    try {
      await salvageTake(folder);
      const finished = await this.#finalise({
        ...{ recordingId: id, folder, store, work: workFolder(dataDir) },
        events: streamId === null ? [] : await repository.events(streamId),
        partsReady: (parts) => repository.partsReady(id, parts),
        beforeEncoding: async () => {
          takesLong();
          const before = this.#encoding;
          this.#encoding = ended;
          await before;
          this.#ending.signal.throwIfAborted();
        },
        progress: (share) => {
          done = share;
        },
        log: (message, fields) => logger.warn({ recording: id, ...fields }, message),
        signal: this.#ending.signal,
      });
      if (finished === undefined) await repository.fail(id);
      else await repository.finish(id, finished);
      await rm(folder, { recursive: true, force: true });
      await removeAll(store, takePrefix(id));
      logger.info({ recording: id, seconds: finished?.seconds ?? 0 }, 'recording finished');
      this.#troubles.delete(id);
    } catch (error) {
      if (this.#ending.signal.aborted) await repository.release(id);
      else await this.#fail(id, error);
    } finally {
      clearInterval(report);
      end();
      uploader.resume(id);
    }
  }

  async #fail(id: RecordingId, error: unknown): Promise<void> {
    const before = this.#troubles.get(id);
    const waits = isWaitedOut(error);
    const failures = (before?.failures ?? 0) + (waits ? 0 : 1);
    const pauseMs = before === undefined ? FIRST_PAUSE_MS : Math.min(before.pauseMs * 2, LAST_PAUSE_MS);
    this.#troubles.set(id, { failures, pauseMs, retryAt: this.#now() + pauseMs });
    this.#parts.logger.error(
      { recording: id, failures, pauseMs, error: String(error) },
      waits ? 'a recording waits for space or for the storage' : 'recording cannot be finished',
    );
    if (failures >= MAX_FAILURES) await this.#parts.repository.fail(id);
  }
}

/** The take is complete, it only lacks space or its storage: however long that takes. ENOSPC in Node's or FFmpeg's words. */
function isWaitedOut(error: unknown): boolean {
  return error instanceof ObjectStoreError || /\bENOSPC\b|no space left on device/i.test(String(error));
}
