import type { OutputHealth, OutputId, ProgrammeHealth, StreamHappening } from '@streamus/contracts';
import { estimateCores, happenings, type StreamMoment } from '@streamus/outputs';
import type { ProcessUse, StreamMeasures } from '../media-metrics.ts';
import { CpuMeter, cpuSecondsOfTree, residentBytes } from './process-cpu.ts';
import type { ClaimedStream, WantedOutput } from './repository.ts';
import type { Show } from './show.ts';

/** A show is counted with its estimate until it has run this long: at first it uses less than it will. */
const YOUNG_MS = 30_000;
/** What is kept for the event log while the database is away. */
const MAX_PENDING = 500;

export interface TimedHappening {
  readonly at: Date;
  readonly event: StreamHappening;
}

/** A show this worker carries: what it costs, and what has happened in it and is not written down yet. */
export class CarriedShow {
  readonly show: Show;
  readonly stream: ClaimedStream;
  readonly #begunAt: number;
  readonly #meter = new CpuMeter();
  #wanted: readonly WantedOutput[] = [];
  #moment: StreamMoment | undefined;
  #pending: TimedHappening[] = [];

  /** `begins`: nobody has carried this stream before. `now`: ms of the worker's clock, as in the other methods. */
  constructor(show: Show, stream: ClaimedStream, begins: boolean, now: number) {
    this.show = show;
    this.stream = stream;
    this.#begunAt = now;
    this.#note([{ type: begins ? 'show-began' : 'worker-changed' }]);
  }

  set wanted(outputs: readonly WantedOutput[]) {
    this.#wanted = outputs;
  }

  /** Cores this show takes, or will take once it is under way. */
  usedCores(now: number): number {
    const { programme, record } = this.stream;
    const estimate = estimateCores({ ...programme, record, outputs: this.#wanted.length });
    const measured = this.#meter.cores;
    if (measured === null) return estimate;
    return now - this.#begunAt < YOUNG_MS ? Math.max(estimate, measured) : measured;
  }

  /** Looks at the show as it is now. */
  observe(now: number): void {
    const { ingest, egress } = this.show.pids;
    const seconds = [ingest, egress].map((pid) => (pid === undefined ? null : cpuSecondsOfTree(pid)));
    this.#meter.sample(
      seconds.reduce<number | null>((sum, own) => (sum === null || own === null ? null : sum + own), 0),
      now,
    );
    const { programme, outputs } = this.show.health();
    const moment = this.#momentOf(programme, outputs);
    this.#note(happenings(this.#moment, moment));
    this.#moment = moment;
  }

  /** As its metrics show it. */
  get measures(): StreamMeasures {
    const { programme, outputs } = this.show.health();
    const { ingest, egress } = this.show.pids;
    return {
      stream: this.stream.id,
      programme,
      outputs,
      processes: [useOf('ingest', ingest), useOf('egress', egress)],
    };
  }

  /** What is to be written down, oldest first; it stays until `written` is called with it. */
  get pending(): readonly TimedHappening[] {
    return [...this.#pending];
  }

  written(happened: readonly TimedHappening[]): void {
    this.#pending = this.#pending.filter((entry) => !happened.includes(entry));
  }

  #momentOf(programme: ProgrammeHealth, outputs: ReadonlyMap<OutputId, OutputHealth>): StreamMoment {
    return {
      programme,
      outputs: this.#wanted.flatMap(({ id, name }) => {
        const health = outputs.get(id);
        if (health === undefined) return [];
        const { state, reconnects, lastError } = health;
        return [{ id, name, state, reconnects, errorCode: lastError?.code ?? null }];
      }),
    };
  }

  #note(told: readonly StreamHappening[]): void {
    const at = new Date();
    this.#pending.push(...told.map((event) => ({ at, event })));
    this.#pending.splice(0, Math.max(0, this.#pending.length - MAX_PENDING));
  }
}

function useOf(process: ProcessUse['process'], pid: number | undefined): ProcessUse {
  return {
    process,
    cpuSeconds: pid === undefined ? null : cpuSecondsOfTree(pid),
    residentBytes: pid === undefined ? null : residentBytes(pid),
  };
}
