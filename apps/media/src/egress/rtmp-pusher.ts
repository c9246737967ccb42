import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { ErrorCode } from '@streamus/contracts';
import { openRtmp, type RtmpConnection, resolveTarget } from '@streamus/destinations';
import {
  audioHeaderBody,
  describeVideo,
  FLV_AUDIO,
  FLV_VIDEO,
  parseAvcC,
  type RtmpRefusal,
  videoHeaderBody,
} from '@streamus/media-formats';
import { failure } from '@streamus/outputs';
import { redact, Secret } from '@streamus/platform';
import { monotonicMs } from '../monotonic.ts';
import { AnswerWatch, stampOf } from './answer-watch.ts';
import type { Beginning, CreatePusher, Pusher, PusherEvents, RtmpTarget } from './pusher.ts';
import { type OutgoingItem, tagBody } from './show-item.ts';

const FINISH_MS = 3_000;
const WATCH_MS = 250;
/** The server is asked to acknowledge this share of a second of the show, so that a stall shows soon. */
const WINDOW_SECONDS = 0.2;
const LEAST_WINDOW_BYTES = 2_048;
const MOST_WINDOW_BYTES = 512 * 1024;
/** A keyframe is no change of rate. */
const RATE_SMOOTHING = 0.1;

export interface RtmpPusherOptions {
  /** PEM file with the certificates to trust; empty: the usual ones. */
  readonly caFile: string;
  readonly allowPrivate: boolean;
  readonly log: (message: string, fields: object) => void;
}

/** Sends the show over one RTMP or RTMPS connection per attempt. */
export function rtmpPushers(options: RtmpPusherOptions): CreatePusher<RtmpTarget> {
  let secureContext: SecureContext | undefined;
  const trusted = () => {
    if (options.caFile !== '') secureContext ??= createSecureContext({ ca: readFileSync(options.caFile) });
    return secureContext;
  };
  return (target, beginning, events) => new RtmpPusher(options, trusted, target, beginning, events);
}

class RtmpPusher implements Pusher {
  readonly #options: RtmpPusherOptions;
  readonly #target: RtmpTarget;
  readonly #beginning: Beginning;
  readonly #events: PusherEvents;
  readonly #watch = new AnswerWatch();
  #connection: RtmpConnection | undefined;
  #publishing = false;
  #live = false;
  #finishing = false;
  #over = false;
  #waiting: { items: readonly OutgoingItem[]; taken: () => void } | undefined;
  #sentBytes = 0;
  #sentBefore = 0;
  /** Bytes per second. */
  #rate = LEAST_WINDOW_BYTES / WINDOW_SECONDS;
  #window = LEAST_WINDOW_BYTES;
  #timer: NodeJS.Timeout | undefined;
  #finished: (() => void) | undefined;

  constructor(
    options: RtmpPusherOptions,
    trusted: () => SecureContext | undefined,
    target: RtmpTarget,
    beginning: Beginning,
    events: PusherEvents,
  ) {
    this.#options = options;
    this.#target = target;
    this.#beginning = beginning;
    this.#events = events;
    this.#open(trusted).catch((error: unknown) => {
      options.log('pusher cannot begin', { error: String(error) });
      this.#end('internal');
    });
  }

  get sentBytes(): number {
    return this.#sentBytes;
  }

  get behindMs(): number {
    return this.#publishing ? this.#watch.behindMs(monotonicMs()) : 0;
  }

  send(items: readonly OutgoingItem[], taken: () => void): void {
    const connection = this.#connection;
    if (connection === undefined || !this.#publishing) {
      this.#waiting = { items, taken };
      return;
    }
    const { time: base } = this.#beginning;
    // Sound from before the first picture would have to be stamped before the beginning.
    const parts = items.flatMap((item) =>
      item.time < base
        ? []
        : connection.client.media(
            item.kind === 'audio' ? FLV_AUDIO : FLV_VIDEO,
            item.time - base,
            tagBody(item.tag),
          ),
    );
    this.#write(connection, parts, () => {
      taken();
      if (this.#live || this.#over) return;
      this.#live = true;
      this.#events.live();
    });
  }

  finish(): Promise<void> {
    this.#finishing = true;
    const connection = this.#connection;
    if (this.#over || connection === undefined || !this.#publishing) {
      this.kill();
      return Promise.resolve();
    }
    const { socket, client } = connection;
    const timer = setTimeout(() => socket.destroy(), FINISH_MS);
    return new Promise((resolve) => {
      this.#finished = () => {
        clearTimeout(timer);
        resolve();
      };
      socket.end(client.end());
    });
  }

  kill(): void {
    const socket = this.#connection?.socket;
    // A reset tells the server at once, so that it lets the next connection with this key in.
    if (socket instanceof TLSSocket) socket.destroy();
    else socket?.resetAndDestroy();
    this.#end(null);
  }

  async #open(trusted: () => SecureContext | undefined): Promise<void> {
    const resolved = await resolveTarget(this.#target.url, this.#options.allowPrivate);
    if (this.#over) return;
    if (!resolved.ok) {
      this.#end(resolved.code);
      return;
    }
    const { target, addresses } = resolved;
    const secureContext = target.tls ? trusted() : undefined;
    this.#connection = openRtmp(
      { target, addresses, secureContext, key: this.#target.key },
      {
        created: () => undefined,
        publishing: () => this.#begin(),
        acknowledged: () => this.#watch.acknowledged(monotonicMs()),
        ponged: (stamp) => this.#watch.ponged(stamp, monotonicMs()),
        ended: (code, refusal) => this.#end(code, refusal),
      },
    );
  }

  #begin(): void {
    const connection = this.#connection;
    if (connection === undefined || this.#publishing) return;
    this.#publishing = true;
    const { client } = connection;
    const { avcC, audio } = this.#beginning.headers;
    this.#write(connection, [
      client.acknowledgementWindow(this.#window),
      client.metadata(metadata(avcC)),
      ...client.media(FLV_VIDEO, 0, videoHeaderBody(avcC)),
      ...client.media(FLV_AUDIO, 0, audioHeaderBody(audio)),
    ]);
    this.#timer = setInterval(() => this.#look(connection), WATCH_MS);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) this.send(waiting.items, waiting.taken);
  }

  #write({ socket }: RtmpConnection, parts: readonly Uint8Array[], taken?: () => void): void {
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    const done = (error?: Error | null) => {
      if (error != null) return;
      this.#sentBytes += bytes;
      taken?.();
    };
    this.#watch.sent(bytes);
    if (parts.length === 0) {
      queueMicrotask(done);
      return;
    }
    // One system call for all of them, without joining them first.
    socket.cork();
    for (const part of parts) socket.write(part, part === parts.at(-1) ? done : undefined);
    socket.uncork();
  }

  #look(connection: RtmpConnection): void {
    const now = monotonicMs();
    const next = this.#watch.next(now);
    if (next === 'give up') {
      this.#end('target_stalled');
      return;
    }
    if (next === 'ping') connection.socket.write(connection.client.ping(stampOf(now)));
    const rate = ((this.#sentBytes - this.#sentBefore) * 1_000) / WATCH_MS;
    this.#sentBefore = this.#sentBytes;
    this.#rate += (rate - this.#rate) * RATE_SMOOTHING;
    const wanted = Math.round(this.#rate * WINDOW_SECONDS);
    const window = Math.min(MOST_WINDOW_BYTES, Math.max(LEAST_WINDOW_BYTES, wanted));
    if (window < this.#window * 2 && window > this.#window / 2) return;
    this.#window = window;
    this.#write(connection, [connection.client.acknowledgementWindow(window)]);
  }

  /** `code`: null when it was we who ended it. */
  #end(code: ErrorCode | null, refusal: RtmpRefusal | null = null): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#timer);
    this.#connection?.socket.destroy();
    if (code !== null && !this.#finishing) this.#tell(code, refusal);
    this.#finished?.();
    this.#events.ended(code === null || this.#finishing ? null : failure(code));
  }

  #tell(code: ErrorCode, refusal: RtmpRefusal | null): void {
    const { key, url } = this.#target;
    const { search, password } = new URL(url);
    const secrets = [key, search, password].filter((text) => text !== '').map((text) => new Secret(text));
    const said = refusal === null ? {} : { said: redact(`${refusal.code} ${refusal.description}`, secrets) };
    this.#options.log('pusher ended', { code, ...said });
  }
}

/** What encoders say about themselves; some platforms show it, none decodes by it. */
function metadata(avcC: Uint8Array): Readonly<Record<string, number | string | boolean>> {
  const sets = parseAvcC(avcC);
  const shown = sets === undefined ? undefined : describeVideo(sets);
  return {
    ...(shown === undefined ? {} : { width: shown.width, height: shown.height }),
    videocodecid: 7,
    audiocodecid: 10,
    audiosamplerate: 48_000,
    audiosamplesize: 16,
    stereo: true,
    encoder: 'StreamUs',
  };
}
