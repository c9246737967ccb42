import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '@streamus/media-formats/seeded-random';
import { type FaultProxy, startFaultProxy } from '@streamus/testkit/fault-proxy';
import { processesBelow } from '@streamus/testkit/product/processes';
import { type Clip, makeClip, type Publisher } from '@streamus/testkit/publisher';
import { type Publication, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { pictureOf } from '../clip-pictures.ts';
import { type MediaRig, type RigStream, startMediaRig } from '../rig.ts';

export const PROGRAMME = { width: 320, height: 180, fps: 15, videoBitrate: 300_000 };
/** Share of packets that do not arrive, requested ones included. */
const LOSS = 0.01;
/** Destinations beside the steady one; each has one outage. */
const SHAKY = 5;
const WAIT_MS = 90_000;

export interface LongShowOptions {
  /** A tenth of the show; an outage lasts as long. */
  readonly minuteMs: number;
  readonly seed: number;
}

export interface LongShow {
  readonly clip: Clip;
  /** What the one destination got that nothing was done to: until everything was killed, and after. */
  readonly steady: readonly Publication[];
  /** What the others got, each with its outage and perhaps its stall. */
  readonly shaky: readonly (readonly Publication[])[];
  /** From the return of each destination to its first picture, ms. */
  readonly returns: readonly number[];
  /** While one destination read nothing, ms of `performance.now()`. */
  readonly stall: { readonly from: number; readonly to: number };
  /** From the start after the kill of everything to the first picture, ms. */
  readonly backAfterKillMs: number;
  readonly lostPackets: number;
  readonly damagedGops: number;
  readonly recordedSeconds: number;
}

/**
 * One show of ten "minutes" on air: every hundredth packet is lost, five destinations have an outage of a minute each, one
 * stalls, the composer is replaced three times and everything is killed in the middle.
 */
export async function longShow({ minuteMs, seed }: LongShowOptions): Promise<LongShow> {
  const rig = await startMediaRig();
  const sinks = await Promise.all(Array.from({ length: 1 + SHAKY }, () => startRtmpSink()));
  const proxies = await Promise.all(sinks.map(({ port }) => startFaultProxy({ target: port })));
  const clip = await makeClip({ ...PROGRAMME, seconds: 4, kbps: 300 });
  const stream = await rig.createLiveStream(
    PROGRAMME,
    proxies.map(({ port }, index) => ({ url: `rtmp://127.0.0.1:${port}/live`, key: `key-${index}` })),
  );
  const composer = new Composer(rig, stream, clip, seededRandom(seed));
  try {
    await composer.replace();
    for (const sink of sinks) await sink.until(() => pictures(sink.publications) > 30, 'pictures', WAIT_MS);
    const begunAt = performance.now();
    const minute = (count: number) => pause(Math.max(0, begunAt + count * minuteMs - performance.now()));
    const outages = sinks.slice(1).map(async (sink, index) => {
      await minute(0.2 + index * 0.25);
      return outage(sink, proxies[index + 1], minuteMs);
    });
    const returns = await Promise.all(outages);
    await minute(3);
    const stall = await stallOf(sinks[1], proxies[1], minuteMs / 3);
    await minute(4);
    await composer.replace();
    await minute(4.5);
    await composer.replace();
    await minute(5);
    const before = await facts(rig, stream);
    const backAfterKillMs = await killEverything(rig, composer, sinks[0]);
    await minute(7);
    await composer.replace();
    await minute(10);
    const after = await facts(rig, stream);
    await composer.leave();
    await rig.endStream(stream);
    return {
      clip,
      steady: sinks[0]?.publications ?? [],
      shaky: sinks.slice(1).map(({ publications }) => publications),
      returns,
      stall,
      backAfterKillMs,
      lostPackets: composer.lost,
      damagedGops: before.damagedGops + after.damagedGops,
      recordedSeconds: await recordedSeconds(rig, stream),
    };
  } finally {
    await composer.leave();
    await rig.close();
    await Promise.all([...proxies, ...sinks].map((server) => server.close()));
  }
}

const pictures = (publications: readonly Publication[]): number =>
  publications.at(-1)?.tags.filter((tag) => pictureOf(tag) !== undefined).length ?? 0;

/** The one who publishes the programme over a line that loses packets. */
class Composer {
  readonly #rig: MediaRig;
  readonly #stream: RigStream;
  readonly #clip: Clip;
  readonly #random: () => number;
  #publisher: Publisher | undefined;
  #epoch = 0;
  #lost = 0;

  constructor(rig: MediaRig, stream: RigStream, clip: Clip, random: () => number) {
    this.#rig = rig;
    this.#stream = stream;
    this.#clip = clip;
    this.#random = random;
  }

  get lost(): number {
    return this.#lost;
  }

  /** The next composer takes over, as when the host's page is loaded again. */
  async replace(): Promise<void> {
    const former = this.#publisher;
    this.#epoch += 1;
    this.#publisher = await this.#rig.publish(this.#stream, this.#clip, this.#epoch, () => {
      const arrives = this.#random() >= LOSS;
      if (!arrives) this.#lost += 1;
      return arrives;
    });
    await former?.close();
  }

  async leave(): Promise<void> {
    const former = this.#publisher;
    this.#publisher = undefined;
    await former?.close();
  }
}

/** Nobody listens for so long; how long after that the first picture comes, ms. */
async function outage(sink: RtmpSink, proxy: FaultProxy | undefined, forMs: number): Promise<number> {
  await proxy?.set({ kind: 'refuse' });
  await pause(forMs);
  const { length } = sink.publications;
  await proxy?.set({ kind: 'none' });
  const returnedAt = performance.now();
  await sink.until(
    ({ publications }) => publications.length > length && pictures(publications) > 0,
    'pictures after the outage',
    WAIT_MS,
  );
  return performance.now() - returnedAt;
}

async function stallOf(
  sink: RtmpSink | undefined,
  proxy: FaultProxy | undefined,
  forMs: number,
): Promise<{ from: number; to: number }> {
  const { length } = sink?.publications ?? [];
  const from = performance.now();
  await proxy?.set({ kind: 'black-hole' });
  await pause(forMs);
  await proxy?.set({ kind: 'none' });
  const to = performance.now();
  await sink?.until(({ publications }) => publications.length > length, 'back after the stall', WAIT_MS);
  return { from, to };
}

/** Worker, ingest, egress, every FFmpeg, LiveKit and PostgreSQL die at once; then all are started again. */
async function killEverything(
  rig: MediaRig,
  composer: Composer,
  steady: RtmpSink | undefined,
): Promise<number> {
  const pids = processesBelow(process.pid);
  // Stopped first, so that nobody sees another one die and acts on it.
  for (const signal of ['SIGSTOP', 'SIGKILL'] as const) for (const pid of pids) process.kill(pid, signal);
  const { length } = steady?.publications ?? [];
  await composer.leave();
  await rig.stopWorker();
  await Promise.all([rig.startDatabase(), rig.livekit.start()]);
  rig.startWorker();
  const startedAt = performance.now();
  await composer.replace();
  await steady?.until(
    ({ publications }) => publications.length > length && pictures(publications) > 0,
    'pictures after the kill',
    WAIT_MS,
  );
  return performance.now() - startedAt;
}

async function facts(rig: MediaRig, stream: RigStream): Promise<{ damagedGops: number }> {
  const { health } = await rig.database.db
    .selectFrom('stream_health')
    .select('health')
    .where('stream_id', '=', stream.id)
    .executeTakeFirstOrThrow();
  return { damagedGops: health.damagedGops };
}

async function recordedSeconds(rig: MediaRig, stream: RigStream): Promise<number> {
  const row = () =>
    rig.database.db
      .selectFrom('recordings')
      .select(['status', 'duration'])
      .where('stream_id', '=', stream.id)
      .executeTakeFirstOrThrow();
  await rig.until(async () => (await row()).status === 'ready', 'the recording', WAIT_MS);
  return (await row()).duration ?? 0;
}
