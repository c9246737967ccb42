import { connect, type Socket } from 'node:net';
import type { Fault } from './fault.ts';

const SLOW_TICK_MS = 50;
/** Begin of a TLS 1.2 ServerHello record, cut off after its header. */
const TLS_BEGINNING = Uint8Array.of(0x16, 3, 3, 0, 0x7a, 2, 0, 0, 0x76, 3, 3);
const GARBAGE = 'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n\r\nThis is a web server.\r\n';

/** Under these a server is behind the connection. */
const passes = ({ kind }: Fault): boolean => kind === 'none' || kind === 'slow';

export interface ConnectionHooks {
  forwarded(direction: 'up' | 'down', bytes: number): void;
  closed(): void;
}

/** One client of the fault proxy and its connection to the server. */
export class FaultyConnection {
  readonly #client: Socket;
  readonly #server: Socket | undefined;
  readonly #hooks: ConnectionHooks;
  #fault: Fault = { kind: 'none' };
  #pacer: NodeJS.Timeout | undefined;
  /** Bytes that may pass now while slow; below zero after a large chunk. */
  #allowed = 0;
  #gone = false;

  constructor(client: Socket, target: number, fault: Fault, hooks: ConnectionHooks) {
    this.#client = client;
    this.#hooks = hooks;
    // 'close' follows every error.
    client.on('error', () => undefined);
    client.on('close', () => this.#clientClosed());
    if (passes(fault)) {
      this.#server = connect(target, '127.0.0.1');
      this.#server.setNoDelay(true);
      this.#join(this.#server);
    } else client.pause();
    client.setNoDelay(true);
    this.set(fault);
  }

  set(fault: Fault): void {
    const before = this.#fault.kind;
    this.#fault = fault;
    clearInterval(this.#pacer);
    if (this.#gone) return;
    switch (fault.kind) {
      case 'none':
        // Nobody is left behind these; what follows for the client is an end.
        if (this.#server === undefined || before === 'half-open') this.destroy();
        else this.#resume(this.#server);
        return;
      case 'refuse':
        this.destroy();
        return;
      case 'reset':
        this.#client.resetAndDestroy();
        return;
      case 'black-hole':
        this.#pause();
        return;
      case 'slow':
        if (this.#server !== undefined) this.#slow(this.#server, fault.bytesPerSecond);
        return;
      case 'half-open':
        this.#pause();
        this.#server?.destroy();
        return;
      case 'tls-abort':
        this.#answerOnce(TLS_BEGINNING);
        return;
      case 'garbage':
        this.#answerOnce(GARBAGE);
        return;
    }
  }

  destroy(): void {
    this.#client.destroy();
    this.#server?.destroy();
  }

  #join(server: Socket): void {
    this.#client.on('data', (chunk) => this.#forward('up', server, chunk));
    server.on('data', (chunk) => this.#forward('down', this.#client, chunk));
    this.#client.on('end', () => server.end());
    server.on('end', () => this.#client.end());
    server.on('error', () => undefined);
    server.on('close', () => {
      if (passes(this.#fault)) this.#client.destroy();
    });
  }

  #forward(direction: 'up' | 'down', to: Socket, chunk: Uint8Array | string): void {
    this.#hooks.forwarded(direction, chunk.length);
    const from = direction === 'up' ? this.#client : this.#server;
    if (!to.write(chunk)) {
      from?.pause();
      to.once('drain', () => {
        if (this.#fault.kind === 'none') from?.resume();
      });
    }
    if (direction === 'down' || this.#fault.kind !== 'slow') return;
    this.#allowed -= chunk.length;
    if (this.#allowed <= 0) this.#client.pause();
  }

  #pause(): void {
    this.#client.pause();
    this.#server?.pause();
  }

  #resume(server: Socket): void {
    this.#client.resume();
    server.resume();
  }

  /** Lets bytes of the client through as the rate allows. */
  #slow(server: Socket, bytesPerSecond: number): void {
    server.resume();
    this.#client.pause();
    this.#allowed = 0;
    let before = performance.now();
    this.#pacer = setInterval(() => {
      // By the clock: a busy machine leaves ticks out.
      const now = performance.now();
      this.#allowed = Math.min(bytesPerSecond, this.#allowed + (bytesPerSecond * (now - before)) / 1000);
      before = now;
      if (this.#allowed > 0) this.#client.resume();
    }, SLOW_TICK_MS);
  }

  #answerOnce(answer: string | Uint8Array): void {
    this.#server?.destroy();
    this.#client.once('data', () => {
      this.#client.end(answer);
      this.#client.on('finish', () => this.#client.destroy());
    });
    this.#client.resume();
  }

  #clientClosed(): void {
    this.#gone = true;
    clearInterval(this.#pacer);
    this.#server?.destroy();
    this.#hooks.closed();
  }
}
