import type { OutputHealth, ProgrammeHealth } from '@streamus/contracts';
import { ConfidenceMonitor } from '../confidence/confidence-monitor.ts';
import type { RecordingOptions } from '../ipc.ts';
import { monotonicMs } from '../monotonic.ts';
import { freeBytesOf } from '../recorder/free-bytes.ts';
import { SegmentWriter } from '../recorder/segment-writer.ts';
import { takeFolder } from '../recorder/take.ts';
import { type BusServer, listenForIngest } from './bus-server.ts';
import { Journal, type ShowMemory } from './journal.ts';
import { Output } from './output.ts';
import { FIRST_WAIT_MS, Programme, type ProgrammeCounters } from './programme.ts';
import type { CreatePusher, OutputTarget } from './pusher.ts';
import { pushers } from './pushers.ts';
import { ShowBus } from './show-bus.ts';
import type { PictureFormat, SlateLook } from './slate.ts';

const TICK_MS = 100;

export interface EgressOptions {
  readonly streamId: string;
  readonly busPath: string;
  readonly dataDir: string;
  readonly caFile: string;
  readonly allowPrivate: boolean;
  readonly format: PictureFormat;
  /** How the slate looks. */
  readonly look: SlateLook;
  /** null: this stream is not recorded. */
  readonly recording: RecordingOptions | null;
  /** How long the show waits for a programme before it begins with the slate, ms. */
  readonly firstWaitMs?: number;
  readonly log: (message: string, fields: object) => void;
}

/** What egress knows about the programme; ingest's counters are added by the supervisor. */
export interface EgressHealth {
  readonly programme: Pick<
    ProgrammeHealth,
    'state' | 'aacLagMs' | 'warnings' | 'recordedSeconds' | 'recordingAlarm'
  >;
  readonly counters: ProgrammeCounters;
  readonly seconds: number;
  readonly outputs: Readonly<Record<string, OutputHealth>>;
}

/** The way out of one stream: programme, outputs, recording. */
export class Egress {
  readonly #options: EgressOptions;
  readonly #bus = new ShowBus();
  readonly #journal: Journal;
  readonly #programme: Programme;
  readonly #recorder: SegmentWriter | undefined;
  readonly #confidence: ConfidenceMonitor;
  readonly #outputs = new Map<string, Output>();
  readonly #createPusher: CreatePusher;
  readonly #ticker: NodeJS.Timeout;
  #server: BusServer | undefined;
  #stopping: Promise<unknown>[] = [];

  /** Continues the show when the process before this one died in the middle of it. */
  static async open(options: EgressOptions): Promise<Egress> {
    const journal = new Journal(
      options.dataDir,
      options.streamId,
      { monotonicMs, wallMs: Date.now },
      (error) => options.log('journal cannot be written', { error: String(error) }),
    );
    return new Egress(options, journal, await journal.read());
  }

  private constructor(options: EgressOptions, journal: Journal, continued: ShowMemory | null) {
    this.#options = options;
    this.#journal = journal;
    this.#createPusher = pushers(options);
    this.#programme = new Programme({
      bus: this.#bus,
      format: options.format,
      look: options.look,
      firstWaitMs: options.firstWaitMs ?? FIRST_WAIT_MS,
      continued,
      remember: (memory) => journal.write(memory),
      log: options.log,
    });
    if (options.recording !== null) {
      const { recordingId, fence, reserveBytes } = options.recording;
      this.#recorder = new SegmentWriter({
        folder: takeFolder(options.dataDir, recordingId),
        take: { streamId: options.streamId, recordingId, fence },
        reserveBytes,
        freeBytes: () => freeBytesOf(options.dataDir),
        now: monotonicMs,
        wallClock: () => new Date(),
        log: options.log,
      });
      this.#bus.subscribe(this.#recorder);
    }
    this.#confidence = new ConfidenceMonitor({
      nominalFps: options.format.fps,
      isSlate: () => this.#programme.state !== 'live',
      now: monotonicMs,
      log: options.log,
    });
    this.#bus.subscribe(this.#confidence);
    this.#ticker = setInterval(() => {
      const now = monotonicMs();
      for (const output of this.#outputs.values()) output.tick(now);
    }, TICK_MS);
  }

  async listen(): Promise<void> {
    this.#server = await listenForIngest(
      this.#options.busPath,
      (record) => this.#programme.take(record),
      this.#options.log,
    );
  }

  startOutput(id: string, target: OutputTarget): void {
    this.stopOutput(id);
    const output = new Output(id, target, this.#bus, this.#createPusher, Math.random, this.#options.log);
    this.#outputs.set(id, output);
    output.start();
  }

  stopOutput(id: string): void {
    const output = this.#outputs.get(id);
    if (output === undefined) return;
    this.#outputs.delete(id);
    this.#stopping.push(output.stop());
  }

  /** Cuts every connection without a goodbye; resolves when what was recorded is on disk. */
  async abandon(): Promise<void> {
    clearInterval(this.#ticker);
    for (const output of this.#outputs.values()) output.cut();
    this.#programme.close();
    this.#confidence.close();
    await this.#recorder?.close();
  }

  retryOutput(id: string): void {
    this.#outputs.get(id)?.retry();
  }

  health(): EgressHealth {
    const now = monotonicMs();
    return {
      programme: {
        state: this.#programme.state,
        aacLagMs: Math.round(this.#programme.aacLagMs),
        warnings: this.#confidence.warnings,
        recordedSeconds: this.#recorder === undefined ? null : this.#recorder.recordedSeconds,
        recordingAlarm: this.#recorder?.alarm ?? null,
      },
      counters: this.#programme.counters,
      seconds: this.#programme.seconds,
      outputs: Object.fromEntries([...this.#outputs].map(([id, output]) => [id, output.health(now)])),
    };
  }

  /** Ends the show in order: outputs say goodbye, the recording is on disk when this resolves. */
  async close(): Promise<void> {
    this.#programme.close();
    this.#confidence.close();
    await this.#server?.close();
    clearInterval(this.#ticker);
    for (const id of [...this.#outputs.keys()]) this.stopOutput(id);
    this.#journal.remove();
    await Promise.all([...this.#stopping, this.#recorder?.close(), this.#journal.settled()]);
  }
}
