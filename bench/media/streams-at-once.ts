import { setTimeout as pause } from 'node:timers/promises';
import { newDataFolder, type Product, startProduct } from '@streamus/testkit/product';
import { ProgrammeAtSink } from '@streamus/testkit/programme-at-sink';
import { type Clip, makeClip, type Publisher, publishClip } from '@streamus/testkit/publisher';
import { type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { ApiHost } from '../api-host.ts';
import { coresUsed } from '../cpu.ts';
import { percentile, type Row } from '../row.ts';
import { MEDIA_PARTS } from './parts.ts';

/** The low profile: one destination and a recording, no watch page. */
const PROGRAMME = { width: 640, height: 360, fps: 15, videoBitrate: 600_000 };
const GOAL = 20;
const STEP = 2;
const FIRST = 6;
const HOLD_MS = 12_000;
/** A stream is good while it gets so many of its pictures, so soon, and never the slate. */
const LEAST_PICTURES = 0.98;
const LATENCY_LIMIT_MS = 300;

/** The admission rule would stop before the machine does; it has its own tests. */
const NO_ADMISSION = { MEDIA_CAPACITY_CORES: '1000' };

interface Level {
  readonly streams: number;
  readonly good: boolean;
  readonly latencyMs: number;
  readonly leastPictures: number;
  readonly parts: Readonly<Record<string, number>>;
}

/** How many small streams one machine carries before one of them is worse than it should be. */
export async function benchStreamsAtOnce(): Promise<Row[]> {
  const clip = await makeClip({ ...PROGRAMME, seconds: 4, kbps: 600 });
  const product = await startProduct(await newDataFolder(), undefined, NO_ADMISSION);
  const crowd = new Crowd(product, clip);
  try {
    await crowd.begin();
    const levels: Level[] = [];
    for (let streams = FIRST; streams <= GOAL; streams += STEP) {
      const level = await crowd.tryLevel(streams);
      console.log(JSON.stringify(level));
      levels.push(level);
      if (!level.good) break;
    }
    return rowsOf(levels);
  } finally {
    await crowd.end();
    await product.stop();
    await product.forget();
  }
}

function rowsOf(levels: readonly Level[]): Row[] {
  const best = levels.findLast(({ good }) => good);
  const streams = best?.streams ?? 0;
  const none = { goal: '–', reference: '', referenceValue: null } as const;
  return [
    {
      what: 'streams at once on this machine, 640×360 15 fps 600 kbit/s, 1 destination and a recording each',
      value: streams,
      unit: 'streams',
      goal: `≥ ${GOAL}`,
      reference: 'cores, shared with LiveKit, the control plane, the publishers and the servers',
      referenceValue: null,
    },
    {
      ...none,
      what: `latency p95 of the worst of ${streams} streams`,
      value: best?.latencyMs ?? Number.NaN,
      unit: 'ms',
      goal: `≤ ${LATENCY_LIMIT_MS} ms`,
    },
    ...Object.entries(best?.parts ?? {}).map(
      ([name, value]): Row => ({ ...none, what: `CPU at ${streams} streams: ${name}`, value, unit: 'core' }),
    ),
  ];
}

interface Member {
  readonly publisher: Publisher;
  readonly startedAt: number;
  readonly sink: RtmpSink;
  readonly programme: ProgrammeAtSink;
}

class Crowd {
  readonly #product: Product;
  readonly #clip: Clip;
  readonly #host: ApiHost;
  readonly #members: Member[] = [];

  constructor(product: Product, clip: Clip) {
    this.#product = product;
    this.#clip = clip;
    this.#host = new ApiHost(product);
  }

  async begin(): Promise<void> {
    await this.#host.register();
  }

  async tryLevel(streams: number): Promise<Level> {
    while (this.#members.length < streams) await this.#add();
    const since = performance.now();
    const parts = await coresUsed(
      process.pid,
      {
        ...MEDIA_PARTS,
        LiveKit: (command) => command.includes('livekit-server'),
        'publishers and servers of this benchmark': (command) => command.includes('bench/main.ts'),
        'everything else (control plane, database, pages)': () => true,
      },
      () => pause(HOLD_MS),
    );
    const expected = (HOLD_MS / 1_000) * this.#clip.fps;
    const shares = this.#members.map(({ programme }) => programme.programmeSince(since).length / expected);
    const slates = this.#members.some(({ programme }) =>
      programme.arrivals.some(({ at, place }) => at >= since && place === null),
    );
    const latencyMs = Math.max(
      ...this.#members.map(({ programme, startedAt }) =>
        percentile(programme.latencies(startedAt, since), 0.95),
      ),
    );
    const leastPictures = Math.min(...shares);
    const good = leastPictures >= LEAST_PICTURES && latencyMs <= LATENCY_LIMIT_MS && !slates;
    return { streams, good, latencyMs, leastPictures, parts };
  }

  async end(): Promise<void> {
    for (const { publisher, sink } of this.#members) {
      await publisher.close();
      await sink.close();
    }
  }

  async #add(): Promise<void> {
    await this.#host.enterNewStudio(`Studio ${this.#members.length}`);
    await this.#host.setProgramme(PROGRAMME);
    const sink = await startRtmpSink();
    const token = this.#host.composerToken(1);
    const publisher = publishClip({ url: this.#product.livekitUrl, token, clip: this.#clip });
    await publisher.started;
    const startedAt = performance.now();
    const programme = new ProgrammeAtSink(sink, this.#clip);
    this.#members.push({ publisher, startedAt, sink, programme });
    await this.#host.goLive([{ url: sink.url, key: 'k' }], { watchPage: false });
    await sink.until(
      () => programme.programmeSince(0).length > 2 * this.#clip.fps,
      'two seconds of pictures',
    );
  }
}
