import { setTimeout as pause } from 'node:timers/promises';
import { type Fault, type FaultProxy, startFaultProxy } from '@streamus/testkit/fault-proxy';
import { newDataFolder, type Product, startProduct } from '@streamus/testkit/product';
import { killPart, type Part } from '@streamus/testkit/product/processes';
import { type Clip, makeClip, type Publisher, publishClip } from '@streamus/testkit/publisher';
import { type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { ApiHost } from '../api-host.ts';
import { median, type Row } from '../row.ts';
import { ProgrammeAtSink } from './programme-at-sink.ts';

const PROGRAMME = { width: 640, height: 360, fps: 15, videoBitrate: 600_000 };
const TRIALS = 5;
/** The picture is back when it has come for this long without a gap of this length, ms. */
const STEADY_MS = 1_500;
const GAP_MS = 500;
/** A part that was killed is gone from the servers by then, ms. */
const EFFECT_MS = 1_500;
const LIMIT_MS = 60_000;

/** How soon a show is whole again after each fault of the really running product, at the RTMP server. */
export async function benchRecovery(): Promise<Row[]> {
  const clip = await makeClip({ ...PROGRAMME, seconds: 4, kbps: 600 });
  const product = await startProduct(await newDataFolder());
  const show = new Show(product, clip);
  try {
    await show.begin();
    const rows: Row[] = [];
    const add = async (what: string, goal: string, measure: () => Promise<readonly number[]>) => {
      console.log(`  ${what} …`);
      rows.push(rowOf(what, goal, await measure()));
    };
    const trials = (one: () => Promise<number>) => () => repeated(one);
    const pauses = await show.pauses();
    rows.push(rowOf('programme stops → slate', '≤ 2000 ms', pauses.slate));
    rows.push(rowOf('programme goes on → live (waits ≤ 1 s for the publisher’s keyframe)', '–', pauses.live));
    await add(
      'composer replaced: longest gap',
      '–',
      trials(() => show.interruption(() => show.replaceComposer())),
    );
    const killed = (part: Part) => trials(() => show.interruption(async () => killPart(product.pid, part)));
    await add('ingest killed: longest gap', '≤ 5000 ms', killed('ingest'));
    await add('egress killed: longest gap', '≤ 5000 ms', killed('egress'));
    await add('media worker killed: longest gap', '–', killed('media worker'));
    await add(
      'LiveKit killed, composer publishes as soon as it can: longest gap',
      '–',
      trials(() => show.interruption(() => show.loseLivekit())),
    );
    for (const [fault, forMs] of DESTINATION_FAULTS) {
      const what = `destination: ${fault.kind} for ${forMs / 1_000} s → live after its end`;
      await add(what, '≤ 15000 ms', () => show.destinationReturns(fault, forMs));
    }
    return rows;
  } finally {
    await show.end();
    await product.stop();
    await product.forget();
  }
}

const DESTINATION_FAULTS: readonly (readonly [Fault, number])[] = [
  [{ kind: 'refuse' }, 10_000],
  [{ kind: 'reset' }, 100],
  [{ kind: 'black-hole' }, 10_000],
];

function rowOf(what: string, goal: string, values: readonly number[]): Row {
  return {
    what: `${what} (median of ${values.length})`,
    value: median(values),
    worst: Math.max(...values),
    unit: 'ms',
    goal,
    reference: '',
    referenceValue: null,
  };
}

async function repeated(one: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  while (values.length < TRIALS) values.push(await one());
  return values;
}

interface Destination {
  readonly sink: RtmpSink;
  readonly proxy: FaultProxy;
  readonly programme: ProgrammeAtSink;
}

class Show {
  readonly #product: Product;
  readonly #clip: Clip;
  readonly #host: ApiHost;
  readonly #destinations: Destination[] = [];
  #publisher: Publisher | undefined;
  #epoch = 0;

  constructor(product: Product, clip: Clip) {
    this.#product = product;
    this.#clip = clip;
    this.#host = new ApiHost(product);
  }

  /** One destination for each trial, so that all trials of a destination's fault run at once. */
  async begin(): Promise<void> {
    for (let count = 0; count < TRIALS; count += 1) {
      const sink = await startRtmpSink();
      const proxy = await startFaultProxy({ target: sink.port });
      this.#destinations.push({ sink, proxy, programme: new ProgrammeAtSink(sink, this.#clip) });
    }
    await this.#host.register();
    await this.#host.setProgramme(PROGRAMME);
    await this.#publish();
    await this.#host.goLive(
      this.#destinations.map(({ proxy }, index) => ({
        url: `rtmp://127.0.0.1:${proxy.port}/live`,
        key: `key-${index}`,
      })),
    );
    for (const { programme } of this.#destinations) await programme.first('programme', 0);
    await this.#untilSteady(performance.now());
  }

  async pauses(): Promise<{ slate: number[]; live: number[] }> {
    const { programme } = this.#first;
    const [slate, live]: [number[], number[]] = [[], []];
    while (slate.length < TRIALS) {
      const pausedAt = performance.now();
      this.#publisher?.pause();
      slate.push((await programme.first('slate', pausedAt)) - pausedAt);
      const resumedAt = performance.now();
      this.#publisher?.resume();
      live.push((await programme.first('programme', resumedAt)) - resumedAt);
      await this.#untilSteady(performance.now());
    }
    return { slate, live };
  }

  /** Longest time without a picture of the programme at the server, from the fault until it is steady again, ms. */
  async interruption(inflict: () => Promise<void>): Promise<number> {
    const from = performance.now();
    await inflict();
    await this.#untilSteady(from + EFFECT_MS);
    const times = this.#first.programme.programmeSince(from);
    return Math.max(...times.map((at, index) => at - (times[index - 1] ?? from)));
  }

  async replaceComposer(): Promise<void> {
    const former = this.#publisher;
    await this.#publish();
    await former?.close();
  }

  async loseLivekit(): Promise<void> {
    killPart(this.#product.pid, 'LiveKit');
    await this.#publisher?.close();
    const deadline = performance.now() + LIMIT_MS;
    for (;;) {
      try {
        await this.#publish();
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await pause(100);
      }
    }
  }

  async destinationReturns(fault: Fault, forMs: number): Promise<number[]> {
    const returns = this.#destinations.map(async ({ sink, proxy, programme }) => {
      await proxy.set(fault);
      await pause(forMs);
      const { length } = sink.publications;
      await proxy.set({ kind: 'none' });
      const endedAt = performance.now();
      // What a black hole kept back is handed on when it ends; live is what comes over a new connection.
      await sink.until(({ publications }) => publications.length > length, 'a new connection', LIMIT_MS);
      return (await programme.first('programme', performance.now())) - endedAt;
    });
    const times = await Promise.all(returns);
    await this.#untilSteady(performance.now());
    return times;
  }

  async end(): Promise<void> {
    await this.#publisher?.close();
    for (const { sink, proxy } of this.#destinations) {
      await proxy.close();
      await sink.close();
    }
  }

  get #first(): Destination {
    const [first] = this.#destinations;
    if (first === undefined) throw new Error('no destination');
    return first;
  }

  async #publish(): Promise<void> {
    this.#epoch += 1;
    const publisher = publishClip({
      url: this.#product.livekitUrl,
      token: this.#host.composerToken(this.#epoch),
      clip: this.#clip,
    });
    try {
      await publisher.started;
    } catch (error) {
      await publisher.close();
      throw error;
    }
    this.#publisher = publisher;
  }

  /** Until the programme has come for a while, all of it after `from`. */
  async #untilSteady(from: number): Promise<void> {
    const { sink, programme } = this.#first;
    const isSteady = () => {
      const now = performance.now();
      const times = programme.programmeSince(Math.max(from, now - STEADY_MS));
      const gaps = times.map((at, index) => at - (times[index - 1] ?? now - STEADY_MS));
      return now - from >= STEADY_MS && times.length > 0 && Math.max(...gaps) < GAP_MS;
    };
    await sink.until(isSteady, 'the programme is steady', LIMIT_MS);
  }
}
