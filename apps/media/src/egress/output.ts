import type { OutputHealth } from '@streamus/contracts';
import {
  failure,
  IDLE_OUTPUT,
  missedMs,
  needsPusher,
  type OutputEvent,
  type OutputMachine,
  stepOutput,
} from '@streamus/outputs';
import { monotonicMs } from '../monotonic.ts';
import { withInBandSets } from './in-band-sets.ts';
import { OutputQueue } from './output-queue.ts';
import type { CreatePusher, OutputTarget, Pusher } from './pusher.ts';
import type { ShowBus } from './show-bus.ts';
import { type OutgoingItem, type ShowHeaders, type ShowItem, videoHeaderTag } from './show-item.ts';

/** Media research 3.4: overflow rule and stall rule. While connecting more may wait, so that nothing is lost at the start. */
const QUEUE_LIMIT_MS = 1_500;
const CONNECTING_QUEUE_LIMIT_MS = 8_000;
const STALL_MS = 3_000;
const CONNECT_TIMEOUT_MS = 15_000;
/** Written at once: small enough that a slow destination is noticed, large enough to be cheap. */
const WRITE_BYTES = 16 * 1024;
const BITRATE_WINDOW_MS = 4_000;

/** One output: its state machine, its queue, and its pusher while it has one. */
export class Output {
  readonly id: string;
  readonly #target: OutputTarget;
  readonly #bus: ShowBus;
  readonly #createPusher: CreatePusher;
  readonly #random: () => number;
  readonly #log: (message: string, fields: object) => void;
  readonly #queue = new OutputQueue();
  readonly #rates: { at: number; bytes: number }[] = [];
  #machine: OutputMachine = IDLE_OUTPUT;
  #pusher: Pusher | undefined;
  #pusherSince = 0;
  #unsubscribe: (() => void) | undefined;
  #begun = false;
  #writingSince: number | undefined;
  #pumpsSoon = false;
  #bytesBefore = 0;
  #finished: Promise<void> = Promise.resolve();

  constructor(
    id: string,
    target: OutputTarget,
    bus: ShowBus,
    createPusher: CreatePusher,
    random: () => number,
    log: (message: string, fields: object) => void,
  ) {
    this.id = id;
    this.#target = target;
    this.#bus = bus;
    this.#createPusher = createPusher;
    this.#random = random;
    this.#log = log;
  }

  start(): void {
    this.#apply({ type: 'start' });
  }

  retry(): void {
    this.#apply({ type: 'retry-now' });
  }

  /** Ends it for good; resolves when its pusher has gone. */
  async stop(): Promise<void> {
    this.#apply({ type: 'stop' });
    await this.#finished;
  }

  /** Ends it for good without a goodbye to the destination. */
  cut(): void {
    this.#pusher?.kill();
    this.#pusher = undefined;
    this.#apply({ type: 'stop' });
  }

  /** Time-driven rules; call it about ten times a second. */
  tick(now: number): void {
    this.#apply({ type: 'time', now });
    this.#apply({ type: 'queue', queueMs: this.#waitingMs, now });
    this.#measure(now);
    const { state } = this.#machine;
    if (this.#writingSince !== undefined && state !== 'connecting' && now - this.#writingSince > STALL_MS) {
      this.#fail('target_stalled');
    } else if (
      state === 'connecting' &&
      this.#pusher !== undefined &&
      now - this.#pusherSince > CONNECT_TIMEOUT_MS
    ) {
      this.#fail('target_timeout');
    }
  }

  health(now: number): OutputHealth {
    const { state, reconnects, retryAt, liveSince, lastFailure } = this.#machine;
    const wall = (time: number): string => new Date(Date.now() + time - now).toISOString();
    return {
      state,
      bitrate: Math.round(this.#bitrate()),
      queueMs: Math.round(this.#waitingMs),
      droppedSeconds: Math.round(this.#queue.droppedSeconds * 100 + missedMs(this.#machine, now) / 10) / 100,
      reconnects,
      retryAt: retryAt === null ? null : wall(retryAt),
      liveSince: liveSince === null ? null : wall(liveSince),
      lastError:
        lastFailure === null
          ? null
          : { code: lastFailure.code, message: lastFailure.message, at: wall(lastFailure.at) },
    };
  }

  /** Here, and in buffers of the system's on the way. */
  get #waitingMs(): number {
    return this.#queue.waitingMs + (this.#pusher?.behindMs ?? 0);
  }

  #apply(event: OutputEvent): void {
    const before = this.#machine;
    this.#machine = stepOutput(before, event);
    if (this.#machine.state === before.state) return;
    this.#log('output changes', {
      output: this.id,
      state: this.#machine.state,
      ...(event.type === 'failure' ? { error: event.failure.code } : {}),
    });
    if (needsPusher(this.#machine.state) && !needsPusher(before.state)) this.#open();
    if (!needsPusher(this.#machine.state) && needsPusher(before.state)) {
      this.#closePusher(this.#machine.state === 'stopped');
    }
  }

  #fail(code: 'target_stalled' | 'target_timeout'): void {
    this.#apply({ type: 'failure', failure: failure(code), now: monotonicMs(), random: this.#random() });
  }

  #open(): void {
    this.#begun = false;
    this.#writingSince = undefined;
    this.#queue.clear();
    // The pusher itself is started when there is something to send: before the show begins nobody is called.
    this.#unsubscribe = this.#bus.subscribe(
      withInBandSets(
        {
          headers: (headers, time) => this.#headers(headers, time),
          item: (item) => this.#item(item),
        },
        this.#target.kind === 'hls' ? 'always' : 'changed',
      ),
    );
  }

  #headers(headers: ShowHeaders, time: number): void {
    if (!this.#begun) {
      this.#begun = true;
      this.#startPusher(headers, time);
      return;
    }
    this.#queue.push(
      { kind: 'header', key: false, time, tag: videoHeaderTag(headers.avcC, time) },
      Number.POSITIVE_INFINITY,
    );
  }

  #item(item: ShowItem): void {
    if (this.#pusher === undefined) return;
    const limit = this.#machine.state === 'connecting' ? CONNECTING_QUEUE_LIMIT_MS : QUEUE_LIMIT_MS;
    this.#queue.push(item, limit);
    if (this.#pumpsSoon) return;
    this.#pumpsSoon = true;
    // What arrived together goes out together: one system call and one packet.
    queueMicrotask(() => {
      this.#pumpsSoon = false;
      this.#pump();
    });
  }

  #startPusher(headers: ShowHeaders, time: number): void {
    const pusher = this.#createPusher(
      this.#target,
      { headers, time },
      {
        live: () => {
          if (this.#pusher === pusher) this.#apply({ type: 'taken', now: monotonicMs() });
        },
        ended: (reason) => {
          if (this.#pusher !== pusher) return;
          this.#apply({
            type: 'failure',
            failure: reason ?? failure('target_closed'),
            now: monotonicMs(),
            random: this.#random(),
          });
        },
      },
    );
    this.#pusher = pusher;
    this.#pusherSince = monotonicMs();
  }

  #pump(): void {
    const pusher = this.#pusher;
    if (pusher === undefined || this.#writingSince !== undefined) return;
    const items: OutgoingItem[] = [];
    for (let bytes = 0; bytes < WRITE_BYTES; ) {
      const item = this.#queue.shift();
      if (item === undefined) break;
      items.push(item);
      bytes += item.tag.length;
    }
    if (items.length === 0) return;
    this.#writingSince = monotonicMs();
    pusher.send(items, () => {
      if (this.#pusher !== pusher) return;
      this.#writingSince = undefined;
      this.#pump();
    });
  }

  #closePusher(inOrder: boolean): void {
    const pusher = this.#pusher;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#pusher = undefined;
    this.#writingSince = undefined;
    this.#rates.length = 0;
    if (pusher === undefined) return;
    this.#bytesBefore += pusher.sentBytes;
    if (inOrder) {
      const rest: OutgoingItem[] = [];
      for (let item = this.#queue.shift(); item !== undefined; item = this.#queue.shift()) rest.push(item);
      pusher.send(rest, () => undefined);
      this.#finished = pusher.finish();
    } else pusher.kill();
    this.#queue.clear();
  }

  #measure(now: number): void {
    this.#rates.push({ at: now, bytes: this.#bytesBefore + (this.#pusher?.sentBytes ?? 0) });
    while (this.#rates.length > 1 && now - (this.#rates[0]?.at ?? now) > BITRATE_WINDOW_MS)
      this.#rates.shift();
  }

  #bitrate(): number {
    const first = this.#rates[0];
    const last = this.#rates.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < 500 || this.#pusher === undefined)
      return 0;
    return Math.max(0, ((last.bytes - first.bytes) * 8_000) / (last.at - first.at));
  }
}
