import { setTimeout as pause } from 'node:timers/promises';
import { type FaultProxy, startFaultProxy } from '@streamus/testkit/fault-proxy';
import { ProgrammeAtSink } from '@streamus/testkit/programme-at-sink';
import { type Clip, makeClip, type Publisher } from '@streamus/testkit/publisher';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { type MediaRig, type RigStream, startMediaRig } from '../rig.ts';
import { nameOf, nextFault, type SoakFault } from './fault-plan.ts';
import { childrenOf, ProcessSamples } from './process-samples.ts';

const PROGRAMME = { width: 320, height: 180, fps: 15, videoBitrate: 300_000 };
/** Every composer publishes another clip than the one before, so that its pictures can be told from what was under way. */
const CLIP = { ...PROGRAMME, seconds: 2, kbps: 300 };
/** Garbage grows for minutes before Node collects it, and looks like a leak meanwhile. */
const COLLECTS_GARBAGE = new URL('collect-garbage.mjs', import.meta.url).href;
const OUTPUTS = 4;
/** A show that is not whole again by then did not recover. */
const RECOVERY_LIMIT_MS = 60_000;
/** Pictures must have come for so long, with no longer pause: what was under way when a process died does not count. */
const STEADY_MS = 1_000;
const LONGEST_PAUSE_MS = 700;
const SAMPLE_MS = 5_000;
/** A frame of AAC lasts 21.3 ms, in whole milliseconds at most 22; a missing one would make it twice as much. */
const AUDIO_GAP_MS = 25;

export interface SoakOptions {
  readonly minutes: number;
  /** From the beginning of one fault to that of the next. */
  readonly everyMs: number;
  readonly random: () => number;
  readonly log: (text: string) => void;
}

export interface FaultOutcome {
  readonly fault: string;
  /**
   * From the end of the fault until the composer's pictures came to every server without a pause, ms; null: not within the limit,
   * or the studio was not told so.
   */
  readonly recoveredMs: number | null;
}

export interface SoakReport {
  readonly faults: readonly FaultOutcome[];
  /** What was wrong with what the servers got: broken order, a beginning without a keyframe, neighbours that lost media. */
  readonly problems: readonly string[];
  readonly samples: ProcessSamples;
}

/** Runs one show with four destinations and does something to it again and again. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const rig = await startMediaRig({ NODE_OPTIONS: `--expose-gc --import ${COLLECTS_GARBAGE}` });
  const sinks = await Promise.all(Array.from({ length: OUTPUTS }, () => startRtmpSink()));
  const proxies = await Promise.all(sinks.map(({ port }) => startFaultProxy({ target: port })));
  const clips = await Promise.all([makeClip(CLIP), makeClip({ ...CLIP, mirrored: true })]);
  const show = new SoakedShow(rig, sinks, proxies, clips);
  const samples = new ProcessSamples();
  const sampler = setInterval(() => samples.take(rig.workerPid(), performance.now()), SAMPLE_MS);
  try {
    await show.begin();
    const faults: FaultOutcome[] = [];
    const end = performance.now() + options.minutes * 60_000;
    while (performance.now() < end) {
      const startedAt = performance.now();
      const fault = nextFault(options.random, OUTPUTS);
      const recoveredMs = await show.suffer(fault);
      faults.push({ fault: nameOf(fault), recoveredMs });
      options.log(
        `${nameOf(fault)}: ${recoveredMs === null ? 'NOT RECOVERED' : `whole again after ${Math.round(recoveredMs)} ms`}`,
      );
      await pause(Math.max(0, options.everyMs - (performance.now() - startedAt)));
    }
    return { faults, problems: show.problems(), samples };
  } finally {
    clearInterval(sampler);
    await show.end();
    await Promise.all([...proxies, ...sinks].map((server) => server.close()));
    await rig.close();
  }
}

class SoakedShow {
  readonly #rig: MediaRig;
  readonly #sinks: readonly RtmpSink[];
  readonly #proxies: readonly FaultProxy[];
  readonly #problems: string[] = [];
  /** Of each clip, what of it came to each server. */
  readonly #programmes: readonly { readonly clip: Clip; readonly atSinks: readonly ProgrammeAtSink[] }[];
  #published = 0;
  #stream: RigStream | undefined;
  #publisher: Publisher | undefined;
  #epoch = 1;

  constructor(
    rig: MediaRig,
    sinks: readonly RtmpSink[],
    proxies: readonly FaultProxy[],
    clips: readonly Clip[],
  ) {
    this.#rig = rig;
    this.#sinks = sinks;
    this.#proxies = proxies;
    this.#programmes = clips.map((clip) => ({
      clip,
      atSinks: sinks.map((sink) => new ProgrammeAtSink(sink, clip)),
    }));
  }

  async begin(): Promise<void> {
    this.#stream = await this.#rig.createLiveStream(
      PROGRAMME,
      this.#proxies.map(({ port }, index) => ({ url: `rtmp://127.0.0.1:${port}/live`, key: `key-${index}` })),
    );
    await this.#publish();
    if ((await this.#untilWhole()) === null)
      throw new Error(`the show does not begin:\n${this.#rig.output()}`);
  }

  /** Does it, undoes it, and tells how long it took from then until everything was live. */
  async suffer(fault: SoakFault): Promise<number | null> {
    const before = this.#sinks.map(({ publications }) => ({
      publications: publications.length,
      tags: publications.at(-1)?.tags.length ?? 0,
    }));
    await this.#inflict(fault);
    const recovered = await this.#untilWhole();
    if (fault.kind === 'output') this.#judgeNeighbours(fault.output, before);
    return recovered;
  }

  /** What is wrong with everything the servers have got. */
  problems(): string[] {
    const broken = this.#sinks.flatMap(({ publications }, index) =>
      publications.flatMap(({ tags }) =>
        checkTags(tags).problems.map((problem) => `server ${index}: ${problem}`),
      ),
    );
    return [...this.#problems, ...broken];
  }

  async end(): Promise<void> {
    await this.#publisher?.close();
    if (this.#stream !== undefined) await this.#rig.endStream(this.#stream);
  }

  async #inflict(fault: SoakFault): Promise<void> {
    switch (fault.kind) {
      case 'output': {
        const proxy = this.#proxies[fault.output];
        await proxy?.set(fault.fault);
        await pause(fault.forMs);
        await proxy?.set({ kind: 'none' });
        return;
      }
      case 'process':
        return this.#kill(fault.process);
      case 'composer-away':
        await this.#publisher?.close();
        await pause(fault.forMs);
        return this.#publish();
      case 'composer-replaced': {
        const former = this.#publisher;
        this.#epoch += 1;
        await this.#publish();
        await former?.close();
        return;
      }
      case 'livekit-restart':
        await this.#rig.livekit.kill();
        await this.#publisher?.close();
        await this.#rig.livekit.start();
        return this.#publish();
      case 'database-restart':
        await this.#rig.stopDatabase();
        return this.#rig.startDatabase();
    }
  }

  async #kill(part: 'ingest' | 'egress' | 'worker'): Promise<void> {
    if (part === 'worker') {
      process.kill(this.#rig.workerPid(), 'SIGKILL');
      await this.#rig.stopWorker();
      this.#rig.startWorker();
      return;
    }
    const child = childrenOf(this.#rig.workerPid()).find(({ name }) => name === part);
    if (child !== undefined) process.kill(child.pid, 'SIGKILL');
  }

  get #programme() {
    const programme = this.#programmes[this.#published % this.#programmes.length];
    if (programme === undefined) throw new Error('no clip to publish');
    return programme;
  }

  async #publish(): Promise<void> {
    if (this.#stream === undefined) return;
    this.#published += 1;
    this.#publisher = await this.#rig.publish(this.#stream, this.#programme.clip, this.#epoch);
  }

  /** Until pictures of the newest composer flow to every server and the studio says so; ms, or null when they do not. */
  async #untilWhole(): Promise<number | null> {
    const since = performance.now();
    const sinceWall = Date.now();
    let flowsSince: number | null = null;
    try {
      await this.#rig.until(
        async () => {
          flowsSince = this.#flowsSince(since);
          return flowsSince !== null && (await this.#isToldLive(sinceWall));
        },
        'the show is whole',
        RECOVERY_LIMIT_MS,
      );
    } catch {
      return null;
    }
    return flowsSince === null ? null : flowsSince - since;
  }

  /** Since when the last of the servers gets the composer's pictures; null while one does not, or not for long enough. */
  #flowsSince(since: number): number | null {
    const now = performance.now();
    let last = since;
    for (const [index, programme] of this.#programme.atSinks.entries()) {
      const begin = programme.flowsSince(since, now, LONGEST_PAUSE_MS);
      if (this.#sinks[index]?.publications.at(-1)?.open !== true || begin === null) return null;
      last = Math.max(last, begin);
    }
    return now - last >= STEADY_MS ? last : null;
  }

  async #isToldLive(sinceWall: number): Promise<boolean> {
    const stream = this.#stream;
    if (stream === undefined) return false;
    const told = await this.#rig.database.db
      .selectFrom('stream_health')
      .select(['health', 'updated_at'])
      .where('stream_id', '=', stream.id)
      .executeTakeFirst();
    if (told?.health.state !== 'live' || told.updated_at.getTime() <= sinceWall) return false;
    const outputs = await Promise.all(stream.outputs.map((id) => this.#rig.outputHealth(id)));
    return outputs.every(({ health }) => health.state === 'live');
  }

  /** The other servers must not have noticed: the same connection, no gap in the sound. */
  #judgeNeighbours(hit: number, before: readonly { publications: number; tags: number }[]): void {
    for (const [index, { publications }] of this.#sinks.entries()) {
      if (index === hit) continue;
      if (publications.length !== before[index]?.publications) {
        this.#problems.push(`server ${index} lost its connection to a neighbour’s fault`);
        continue;
      }
      const since = publications.at(-1)?.tags.slice(before[index].tags) ?? [];
      const { longestAudioGapMs } = checkTags(since);
      if (longestAudioGapMs > AUDIO_GAP_MS)
        this.#problems.push(`server ${index} lost ${longestAudioGapMs} ms of sound to a neighbour’s fault`);
    }
  }
}
