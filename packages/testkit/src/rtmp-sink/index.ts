import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { FlvTag } from '@streamus/media-formats';
import { type Answers, type Refusal, serveRtmp } from './session.ts';

export { checkTags, type TagReport } from './check-tags.ts';
export type { Refusal } from './session.ts';

/** One publication: from "publish" to the end of its connection. */
export interface Publication {
  readonly app: string;
  readonly key: string;
  readonly tags: FlvTag[];
  /** When each tag came in, ms of `performance.now()`. */
  readonly arrivals: number[];
  open: boolean;
}

export interface RtmpSink {
  readonly port: number;
  /** Without the key. */
  readonly url: string;
  readonly publications: Publication[];
  /** Says no to the next `times` publishers; null or 0: to nobody. */
  reject(refusal: Refusal | null, times?: number): void;
  /** Stops or goes on reading from every connection. */
  stall(stalled: boolean): void;
  /** Ends all connections abruptly and, until `reopen`, refuses new ones. */
  refuse(): Promise<void>;
  reopen(): Promise<void>;
  /** Waits until the condition holds; it is looked at after every change. */
  until(condition: (sink: RtmpSink) => boolean, what: string, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface RtmpSinkOptions {
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Both, as nginx-rtmp does, when left out. */
  readonly answers?: Answers;
}

/** An RTMP server that keeps everything it is sent, and misbehaves on demand. */
export async function startRtmpSink(options: RtmpSinkOptions = {}): Promise<RtmpSink> {
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  const publications: Publication[] = [];
  let refusal: Refusal | null = null;
  let refusals = 0;
  let stalled = false;
  const changed = () => {
    for (const check of [...waiting]) check();
  };
  const onSocket = (socket: Socket) => {
    sockets.add(socket);
    let current: Publication | undefined;
    serveRtmp(socket, {
      answers: options.answers ?? 'pings and acknowledgements',
      refusal(_app, key) {
        if (refusal === null || refusals === 0 || (refusal.at === 'connect') !== (key === null)) return null;
        refusals -= 1;
        return refusal;
      },
      published(app, key) {
        current = { app, key, tags: [], arrivals: [], open: true };
        publications.push(current);
        changed();
      },
      media(message) {
        current?.tags.push({ type: message.type, time: message.time, data: message.payload });
        current?.arrivals.push(performance.now());
        changed();
      },
      closed() {
        sockets.delete(socket);
        if (current !== undefined) current.open = false;
        changed();
      },
    });
    if (stalled) socket.pause();
  };
  let server: Server;
  const listen = async (port: number): Promise<number> => {
    server = options.tls === undefined ? createServer(onSocket) : createTlsServer(options.tls, onSocket);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    return address.port;
  };
  const shut = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const port = await listen(options.port ?? 0);
  const sink: RtmpSink = {
    port,
    url: `${options.tls === undefined ? 'rtmp' : 'rtmps'}://127.0.0.1:${port}/live`,
    publications,
    reject(next, times = Number.POSITIVE_INFINITY) {
      refusal = next;
      refusals = times;
    },
    stall(on) {
      stalled = on;
      for (const socket of sockets) {
        if (on) socket.pause();
        else socket.resume();
      }
    },
    refuse: shut,
    async reopen() {
      await listen(port);
    },
    until(condition, what, timeoutMs = 60_000) {
      return new Promise<void>((resolve, reject) => {
        const check = () => {
          if (!condition(sink)) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve();
        };
        const timer = setTimeout(() => {
          waiting.delete(check);
          const seen = publications.map(({ key, tags, open }) => ({ key, tags: tags.length, open }));
          reject(new Error(`sink: not within ${timeoutMs} ms: ${what}; seen ${JSON.stringify(seen)}`));
        }, timeoutMs);
        waiting.add(check);
        check();
      });
    },
    close: shut,
  };
  return sink;
}
