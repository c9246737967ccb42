import { JitterBuffer } from '../jitter-buffer.ts';
import type { Ordered } from '../reorder-buffer.ts';
import { seededRandom } from '../seeded-random.ts';
import { ShowClock } from '../show-clock.ts';

/** A composer whose three clocks (machine, camera, sound card) run at rates of their own, seen through a lossy line. */
export interface DriftOptions {
  readonly seed: number;
  readonly minutes: number;
  /** How fast the composer's clock runs against ours, parts per million. */
  readonly ppm: number;
  /** How fast its sound runs against its picture, parts per million; sender reports tell. */
  readonly soundPpm: number;
  readonly loss: number;
  readonly roundTripMs: number;
  /** Times (minutes) at which the host reloads the page. */
  readonly reloadsAt: readonly number[];
  /** Stretches in which the composer's page is too busy to mix: its sound has fewer samples than time has passed. */
  readonly losses: readonly {
    readonly fromMs: number;
    readonly toMs: number;
    readonly msPerSecond: number;
  }[];
  /** From here on everything arrives this much later, ms. */
  readonly detour: { readonly fromMs: number; readonly laterMs: number } | null;
  /** Picture's first packet needs this much longer than sound's, as after a reload on a busy machine, ms. */
  readonly firstPictureLateMs: number;
}

export interface DriftResult {
  /** Show time of picture minus show time of sound of the same instant (ms), every second after the first ten of a page. */
  readonly skews: readonly { readonly instant: number; readonly ms: number }[];
  /** Show time minus arrival of pictures (ms), at the same instants. */
  readonly lags: readonly { readonly instant: number; readonly ms: number }[];
  readonly backwards: number;
}

const STEP_MS = 20;
/** As LiveKit sends them (measured). */
const REPORT_MS = 3_000;
/** As Chromium sends those about sound, on average. LiveKit's go on from its newest as if no sound were lost since. */
const SOUND_REPORT_MS = 5_000;
const SAMPLE_MS = 1_000;
/** Two reports and a correction. */
const SETTLED_MS = 10_000;

interface Sent {
  /** True time of the instant, ms. */
  readonly instant: number;
  readonly timestamp: number;
  readonly arrival: number;
}

/** One page of the composer: its RTP clocks begin anywhere, near their wrap as a rule. */
class Page {
  readonly #random: () => number;
  readonly #options: DriftOptions;
  readonly #videoStart: number;
  readonly #audioStart: number;
  readonly startedAt: number;

  constructor(random: () => number, options: DriftOptions, startedAt: number) {
    this.#random = random;
    this.#options = options;
    this.startedAt = startedAt;
    this.#videoStart = 2 ** 32 - Math.floor(random() * 90_000 * 600);
    this.#audioStart = 2 ** 32 - Math.floor(random() * 48_000 * 600);
  }

  /** The composer's own time since the page began. */
  #own(now: number): number {
    return (now - this.startedAt) * (1 + this.#options.ppm / 1e6);
  }

  /** `lostAt`: sound lost after it does not count. */
  timestamp(kind: 'video' | 'audio', now: number, lostAt = now): number {
    const own = this.#own(now);
    const ticks =
      kind === 'video'
        ? this.#videoStart + own * 90
        : this.#audioStart + (own - this.#lost(lostAt)) * 48 * (1 + this.#options.soundPpm / 1e6);
    return Math.round(ticks) % 2 ** 32;
  }

  report(kind: 'video' | 'audio', now: number) {
    const newest = Math.floor(now / SOUND_REPORT_MS) * SOUND_REPORT_MS;
    return { wallMs: 1e12 + this.#own(now), rtpTimestamp: this.timestamp(kind, now, newest) };
  }

  /** Sound the mix has lost since the page began, ms. */
  #lost(now: number): number {
    return this.#options.losses.reduce((sum, { fromMs, toMs, msPerSecond }) => {
      const begin = Math.max(fromMs, this.startedAt);
      return sum + (Math.max(0, Math.min(now, toMs) - begin) * msPerSecond) / 1_000;
    }, 0);
  }

  arrival(now: number): number {
    const { roundTripMs, detour } = this.#options;
    const later = detour !== null && now >= detour.fromMs ? detour.laterMs : 0;
    return now + roundTripMs / 2 + later + this.#random() * this.#random() * 30;
  }
}

/** Feeds one track through a jitter buffer; a lost packet comes a round trip and a bit later. */
class Track {
  readonly #buffer = new JitterBuffer<Sent>(8_192);
  readonly #late: { readonly sequence: number; readonly sent: Sent; readonly at: number }[] = [];
  #sequence = 65_000;

  send(sent: Sent, lost: boolean, repairMs: number): Sent[] {
    const sequence = this.#sequence & 0xffff;
    this.#sequence += 1;
    const out: Sent[] = [];
    const take = (ordered: readonly Ordered<Sent>[]) => {
      for (const item of ordered) if (item.kind === 'packet') out.push(item.packet);
    };
    while ((this.#late[0]?.at ?? Number.POSITIVE_INFINITY) <= sent.arrival) {
      const late = this.#late.shift();
      if (late !== undefined) {
        const { sequence: number, at } = late;
        take(this.#buffer.push(number, { ...late.sent, arrival: at }, at));
      }
    }
    if (lost) this.#late.push({ sequence, sent, at: sent.arrival + repairMs });
    else take(this.#buffer.push(sequence, sent, sent.arrival));
    take(this.#buffer.tick(sent.arrival).ordered);
    return out;
  }
}

export function runDriftingComposer(options: DriftOptions): DriftResult {
  const random = seededRandom(options.seed);
  const clock = new ShowClock();
  const reloads = [...options.reloadsAt.map((minute) => minute * 60_000)];
  const skews: { instant: number; ms: number }[] = [];
  const lags: { instant: number; ms: number }[] = [];
  let backwards = 0;
  let page = new Page(random, options, 0);
  let tracks = { video: new Track(), audio: new Track() };
  const shown = { video: new Map<number, number>(), audio: new Map<number, number>() };
  const last = { video: Number.NEGATIVE_INFINITY, audio: Number.NEGATIVE_INFINITY };
  for (let now = 0; now < options.minutes * 60_000; now += STEP_MS) {
    if (now >= (reloads[0] ?? Number.POSITIVE_INFINITY)) {
      reloads.shift();
      page = new Page(random, options, now);
      tracks = { video: new Track(), audio: new Track() };
      clock.rebaseVideo(now);
      clock.rebaseAudio(now);
    }
    for (const kind of ['video', 'audio'] as const) {
      const late = now === page.startedAt && kind === 'video' ? options.firstPictureLateMs : 0;
      const sent = { instant: now, timestamp: page.timestamp(kind, now), arrival: page.arrival(now) + late };
      for (const packet of tracks[kind].send(sent, random() < options.loss, options.roundTripMs + 25)) {
        const time = clock[kind](packet.timestamp, packet.arrival);
        if (time < last[kind]) backwards += 1;
        last[kind] = time;
        if (packet.instant % SAMPLE_MS === 0 && packet.instant - page.startedAt >= SETTLED_MS) {
          shown[kind].set(packet.instant, time);
          if (kind === 'video') lags.push({ instant: packet.instant, ms: time - packet.arrival });
        }
      }
    }
    if (now % REPORT_MS !== 0) continue;
    clock.videoReport(page.report('video', now));
    clock.audioReport(page.report('audio', now));
  }
  for (const [instant, time] of shown.video) {
    const sound = shown.audio.get(instant);
    if (sound !== undefined) skews.push({ instant, ms: time - sound });
  }
  return { skews, lags, backwards };
}
