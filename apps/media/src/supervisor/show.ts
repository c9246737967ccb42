import { createHash } from 'node:crypto';
import type { OutputHealth, OutputId, ProgrammeHealth } from '@streamus/contracts';
import { type RunningOutput, reconcileOutputs } from '@streamus/outputs';
import type { Logger, Secret } from '@streamus/platform';
import type { OutputTarget } from '../egress/pusher.ts';
import type { SlateLook } from '../egress/slate.ts';
import {
  type FromEgress,
  type FromIngest,
  fromEgressSchema,
  fromIngestSchema,
  type RecordingOptions,
  type ToEgress,
  type ToIngest,
} from '../ipc.ts';
import type { UploadState } from '../recorder/uploader.ts';
import { SupervisedChild } from './child.ts';
import { type HealthSample, programmeHealth } from './programme-health.ts';

/** An output that should run, ready to be handed to egress. */
export interface ShowOutput {
  readonly id: OutputId;
  readonly target:
    | { readonly kind: 'hls'; readonly folder: string }
    | { readonly kind: 'rtmp'; readonly url: string; readonly key: Secret };
  readonly retryRequestedAt: number | null;
}

export interface ShowOptions {
  readonly streamId: string;
  readonly livekitUrl: string;
  readonly busPath: string;
  readonly dataDir: string;
  readonly caFile: string;
  readonly allowPrivate: boolean;
  readonly format: {
    readonly width: number;
    readonly height: number;
    readonly fps: number;
    readonly videoBitrate: number;
  };
  /** How the slate looks. */
  readonly look: SlateLook;
  /** null: this stream is not recorded. */
  readonly recording: RecordingOptions | null;
  /** How far the recording is on its way to the object store. */
  readonly upload: (recordingId: string) => UploadState;
  /** Seconds that are on the recording already, from before this worker had the stream. */
  readonly recordedBefore: number;
  readonly logLevel: string;
  readonly logger: Logger;
  /** A fresh room token. */
  readonly token: () => Promise<string>;
}

const FAREWELL_MS = 8_000;

/** One stream on air: an ingest and an egress process, and what was asked of them. */
export class Show {
  readonly #options: ShowOptions;
  readonly #egress: SupervisedChild<FromEgress, ToEgress>;
  readonly #ingest: SupervisedChild<FromIngest, ToIngest>;
  readonly #running = new Map<string, RunningOutput>();
  #wanted: readonly ShowOutput[] = [];
  #egressReady = false;
  #egressHealth: Extract<FromEgress, { type: 'health' }> | undefined;
  #previous: HealthSample | undefined;
  #latest: HealthSample | undefined;
  /** Found by an ingest of this stream; it holds for those that follow. */
  #normalised: HealthSample['stats']['normalised'] = null;
  #displaced = false;
  /** Seconds on the recording before this egress process began. */
  #recordedBefore: number;
  /** Its health is still that of the process before. */
  #egressIsNew = true;

  constructor(options: ShowOptions) {
    this.#options = options;
    this.#recordedBefore = options.recordedBefore;
    const { logger } = options;
    this.#egress = new SupervisedChild<FromEgress, ToEgress>(
      new URL('../egress/main.ts', import.meta.url),
      fromEgressSchema,
      {
        started: () => this.#beginEgress(),
        message: (message) => this.#fromEgress(message),
        died: (reason) => {
          this.#egressReady = false;
          this.#recordedBefore = this.#recordedSeconds();
          this.#egressIsNew = true;
          this.#running.clear();
          logger.error({ reason }, 'egress died and is restarted');
        },
      },
    );
    this.#ingest = new SupervisedChild<FromIngest, ToIngest>(
      new URL('../ingest/main.ts', import.meta.url),
      fromIngestSchema,
      {
        started: () => this.#beginIngest(),
        message: (message) => this.#fromIngest(message),
        died: (reason) => logger.error({ reason }, 'ingest died and is restarted'),
      },
    );
  }

  /** Process ids of the children, for tests and for the log. */
  get pids(): { readonly ingest: number | undefined; readonly egress: number | undefined } {
    return { ingest: this.#ingest.pid, egress: this.#egress.pid };
  }

  /** Whether ingest is in the room, as of its last report. */
  get inRoom(): boolean {
    return this.#latest?.stats.joined ?? false;
  }

  /** Another worker's ingest has taken this one's place in the room since the stream was last confirmed as ours. */
  get displaced(): boolean {
    return this.#displaced;
  }

  /** The database has confirmed that the stream is this worker's. */
  confirm(): void {
    this.#displaced = false;
  }

  /** Lets egress go on; `patienceMs`: how long without another word of this. */
  goOn(patienceMs: number): void {
    this.#egress.send({ type: 'go-on', patienceMs });
  }

  /** Brings what runs to what is wanted. */
  reconcile(wanted: readonly ShowOutput[]): void {
    this.#wanted = wanted;
    if (!this.#egressReady) return;
    const desired = wanted.map((output) => ({
      id: output.id,
      fingerprint: fingerprint(output),
      retryRequestedAt: output.retryRequestedAt,
    }));
    for (const step of reconcileOutputs(desired, [...this.#running.values()])) {
      this.#options.logger.info({ output: step.id, reason: step.reason }, `output ${step.type}`);
      const target = wanted.find((output) => output.id === step.id);
      if (step.type === 'stop') {
        this.#running.delete(step.id);
        this.#egress.send({ type: 'stop-output', id: step.id });
      } else if (target !== undefined) {
        const retriedAt = target.retryRequestedAt;
        this.#running.set(step.id, { id: step.id, fingerprint: fingerprint(target), retriedAt });
        if (step.type === 'retry') this.#egress.send({ type: 'retry-output', id: step.id });
        else this.#egress.send({ type: 'start-output', id: step.id, target: reveal(target) });
      }
    }
  }

  health(): { readonly programme: ProgrammeHealth; readonly outputs: ReadonlyMap<OutputId, OutputHealth> } {
    const { recording, upload } = this.#options;
    const outputs = new Map<OutputId, OutputHealth>();
    for (const { id } of this.#wanted) {
      const known = this.#egressHealth?.outputs[id];
      if (known !== undefined) outputs.set(id, known);
    }
    return {
      programme: programmeHealth(
        this.#egressHealth?.programme,
        this.#previous,
        this.#latest,
        recording === null
          ? undefined
          : { ...upload(recording.recordingId), recordedSeconds: this.#recordedSeconds() },
      ),
      outputs,
    };
  }

  #recordedSeconds(): number {
    const own = this.#egressIsNew ? null : this.#egressHealth?.programme.recordedSeconds;
    return this.#recordedBefore + (own ?? 0);
  }

  /** Ends the show in order; when this resolves the recording's segments are on disk. */
  async end(): Promise<void> {
    await this.#ingest.end(undefined, 0);
    await this.#egress.end({ type: 'end' }, FAREWELL_MS);
  }

  /** Ends everything at once, without a word to the destinations: the stream is another worker's. */
  async abandon(): Promise<void> {
    await Promise.all([this.#ingest.end(undefined, 0), this.#egress.end(undefined, 0)]);
  }

  #beginEgress(): void {
    const { streamId, busPath, dataDir, caFile, allowPrivate, format, look, recording, logLevel } =
      this.#options;
    // Runs within the child's constructor the first time; `send` needs the field.
    queueMicrotask(() =>
      this.#egress.send({
        ...{ type: 'begin', streamId, busPath, dataDir, caFile, allowPrivate },
        ...{ format, look, recording, logLevel },
      }),
    );
  }

  #beginIngest(): void {
    const { streamId, livekitUrl, busPath, format, logLevel } = this.#options;
    this.#normalised = this.#latest?.stats.normalised ?? this.#normalised;
    const normalised = this.#normalised;
    this.#previous = undefined;
    this.#latest = undefined;
    queueMicrotask(() =>
      this.#ingest.send({ type: 'begin', streamId, livekitUrl, busPath, format, normalised, logLevel }),
    );
  }

  #fromEgress(message: FromEgress): void {
    if (message.type === 'health') {
      this.#egressHealth = message;
      this.#egressIsNew = false;
      return;
    }
    this.#egressReady = true;
    this.reconcile(this.#wanted);
  }

  #fromIngest(message: FromIngest): void {
    if (message.type === 'stats') {
      this.#previous = this.#latest;
      this.#latest = { at: performance.now(), stats: message.stats };
      return;
    }
    if (message.type === 'displaced') {
      this.#displaced = true;
      return;
    }
    this.#options.token().then(
      (token) => this.#ingest.send({ type: 'token', token }),
      (error: unknown) => this.#options.logger.error({ error: String(error) }, 'no room token'),
    );
  }
}

function reveal({ target }: ShowOutput): OutputTarget {
  return target.kind === 'hls' ? target : { kind: 'rtmp', url: target.url, key: target.key.reveal() };
}

function fingerprint({ target }: ShowOutput): string {
  const text = target.kind === 'hls' ? target.folder : `${target.url}\n${target.key.reveal()}`;
  return createHash('sha256').update(text).digest('hex');
}
