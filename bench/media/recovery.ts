import { setTimeout as pause } from 'node:timers/promises';
import { type Fault, type FaultProxy, startFaultProxy } from '@streamus/testkit/fault-proxy';
import { newDataFolder, type Product, startProduct } from '@streamus/testkit/product';
import { killPart, type Part } from '@streamus/testkit/product/processes';
import { ProgrammeAtSink } from '@streamus/testkit/programme-at-sink';
import { type Clip, makeClip, type Publisher, publishClip } from '@streamus/testkit/publisher';
import { type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { ApiHost } from '../api-host.ts';
import { median, type Row } from '../row.ts';

const PROGRAMME = { width: 640, height: 360, fps: 15, videoBitrate: 600_000 };
const TRIALS = 5;
/** The picture is back when it has come for this long without a gap of this length, ms. */
const STEADY_MS = 1_500;
const GAP_MS = 500;
/** A part that was killed is gone from the servers by then, ms. */
const EFFECT_MS = 1_500;
const LIMIT_MS = 60_000;

interface Measure {
  readonly what: string;
  readonly goal: string;
  trials(): Promise<readonly number[]>;
}

/** How soon a show is whole again after each fault of the really running product, at the RTMP server. */
export async function benchRecovery(): Promise<Row[]> {
  const clip = await makeClip({ ...PROGRAMME, seconds: 4, kbps: 600 });
  const product = await startProduct(await newDataFolder());
  const show = new Show(product, clip);
  try {
    await show.begin();
    const rows: Row[] = [];
    for (const { what, goal, trials } of [...programmeFaults(show, product), ...destinationFaults(show)]) {
      const values = await trials();
      console.log(`  ${what}: ${values.map(Math.round).join(', ')} ms`);
      rows.push(rowOf(what, goal, values));
    }
    return rows;
  } finally {
    await show.end();
    await product.stop();
    await product.forget();
  }
}

function programmeFaults(show: Show, product: Product): Measure[] {
  const gap = (inflict: () => Promise<void>) => () => repeated(() => show.interruption(inflict));
  const killed = (part: Part, goal: string): Measure => ({
    what: `${part} killed: longest gap`,
    goal,
    trials: gap(async () => killPart(product.pid, part)),
  });
  return [
    { what: 'programme stops → slate', goal: '≤ 2000 ms', trials: () => repeated(() => show.timeToSlate()) },
    {
      what: 'programme goes on → live (up to 1 s of it until the publisher’s next keyframe)',
      goal: '–',
      trials: () => repeated(() => show.timeToLive()),
    },
    { what: 'composer replaced: longest gap', goal: '–', trials: gap(() => show.replaceComposer()) },
    killed('ingest', '≤ 5000 ms'),
    killed('egress', '≤ 5000 ms'),
    killed('media worker', '–'),
    {
      what: 'LiveKit killed, composer publishes as soon as it can: longest gap',
      goal: '–',
      trials: gap(() => show.loseLivekit()),
    },
  ];
}

function destinationFaults(show: Show): Measure[] {
  return [
    {
      what: 'destination reads nothing → next connection (stall and first backoff)',
      goal: '≤ 5500 ms',
      trials: () => show.stallsFound(),
    },
    ...DESTINATION_FAULTS.map(([fault, forMs]) => ({
      what: `destination: ${fault.kind} for ${forMs / 1_000} s → live after its end`,
      goal: '≤ 15000 ms',
      trials: () => show.destinationReturns(fault, forMs),
    })),
  ];
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

  async timeToSlate(): Promise<number> {
    const { programme } = this.#first;
    const pausedAt = performance.now();
    this.#publisher?.pause();
    const took = (await programme.first('slate', pausedAt)) - pausedAt;
    this.#publisher?.resume();
    await this.#untilSteady(performance.now());
    return took;
  }

  async timeToLive(): Promise<number> {
    const { programme } = this.#first;
    this.#publisher?.pause();
    await programme.first('slate', performance.now());
    const resumedAt = performance.now();
    this.#publisher?.resume();
    const took = (await programme.first('programme', resumedAt)) - resumedAt;
    await this.#untilSteady(performance.now());
    return took;
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
    await this.#untilAllSteady();
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
    return Promise.all(returns);
  }

  /** From the moment a destination reads nothing any more to the next connection, which the first backoff precedes, ms. */
  async stallsFound(): Promise<number[]> {
    await this.#untilAllSteady();
    const found = this.#destinations.map(async ({ proxy, programme }) => {
      const { connections } = proxy;
      const from = performance.now();
      await proxy.set({ kind: 'black-hole' });
      while (proxy.connections === connections && performance.now() - from < LIMIT_MS) await pause(20);
      const took = performance.now() - from;
      await proxy.set({ kind: 'none' });
      await programme.first('programme', performance.now());
      return took;
    });
    return Promise.all(found);
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

  async #untilAllSteady(): Promise<void> {
    const now = performance.now();
    await Promise.all(this.#destinations.map((destination) => this.#untilSteady(now, destination)));
  }

  /** Until the programme has come for a while, all of it after `from`. */
  async #untilSteady(from: number, { sink, programme }: Destination = this.#first): Promise<void> {
    const isSteady = () => {
      const now = performance.now();
      const times = programme.programmeSince(Math.max(from, now - STEADY_MS));
      const gaps = times.map((at, index) => at - (times[index - 1] ?? now - STEADY_MS));
      return now - from >= STEADY_MS && times.length > 0 && Math.max(...gaps) < GAP_MS;
    };
    await sink.until(isSteady, 'the programme is steady', LIMIT_MS);
  }
}
