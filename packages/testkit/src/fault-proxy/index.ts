import { createServer, type Server, type Socket } from 'node:net';
import { FaultyConnection } from './connection.ts';
import type { Fault } from './fault.ts';

export type { Fault } from './fault.ts';

export interface FaultProxy {
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: number;
  /** Connections that clients hold now, whatever became of them behind the proxy. */
  readonly open: number;
  /** Bytes handed on so far, from clients and from the server. */
  readonly forwarded: { readonly up: number; readonly down: number };
  /** Misbehaves from now on, towards connections that are open and those to come. */
  set(fault: Fault): Promise<void>;
  close(): Promise<void>;
}

export interface FaultProxyOptions {
  /** Port of the server behind it, on 127.0.0.1. */
  readonly target: number;
  readonly port?: number;
}

/** A TCP proxy on 127.0.0.1 that fails in the ways networks and servers fail. */
export async function startFaultProxy({ target, port = 0 }: FaultProxyOptions): Promise<FaultProxy> {
  const connections = new Set<FaultyConnection>();
  const forwarded = { up: 0, down: 0 };
  let fault: Fault = { kind: 'none' };
  let accepted = 0;
  let server: Server | undefined;
  const accept = (socket: Socket) => {
    accepted += 1;
    const connection = new FaultyConnection(socket, target, fault, {
      forwarded(direction, bytes) {
        forwarded[direction] += bytes;
      },
      closed: () => connections.delete(connection),
    });
    connections.add(connection);
  };
  const listen = async (wanted: number): Promise<number> => {
    const listening = createServer({ allowHalfOpen: true }, accept);
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject);
      listening.listen(wanted, '127.0.0.1', resolve);
    });
    server = listening;
    const address = listening.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    return address.port;
  };
  const stopListening = async (): Promise<void> => {
    const listening = server;
    server = undefined;
    if (listening === undefined) return;
    const closed = new Promise<void>((resolve) => listening.close(() => resolve()));
    for (const connection of connections) connection.destroy();
    await closed;
  };
  const ownPort = await listen(port);
  return {
    port: ownPort,
    get connections() {
      return accepted;
    },
    get open() {
      return connections.size;
    },
    get forwarded() {
      return { ...forwarded };
    },
    async set(next) {
      fault = next;
      if (next.kind === 'refuse') await stopListening();
      else if (server === undefined) await listen(ownPort);
      for (const connection of connections) connection.set(next);
    },
    close: stopListening,
  };
}
