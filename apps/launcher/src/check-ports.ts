import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { LaunchError } from './launch-error.ts';

export interface PortUse {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly purpose: string;
  /** Environment variable that moves it. */
  readonly setting: string;
}

/** Throws one sentence that names every port that is taken and the setting that moves it. */
export async function checkPorts(uses: readonly PortUse[]): Promise<void> {
  const free = await Promise.all(
    uses.map((use) => (use.protocol === 'tcp' ? tcpIsFree(use.port) : udpIsFree(use.port))),
  );
  const taken = uses.filter((_, index) => !free[index]);
  if (taken.length === 0) return;
  const list = taken.map((use) => `${use.port} (${use.purpose}; move it with ${use.setting}=…)`).join(', ');
  throw new LaunchError(
    `${taken.length === 1 ? 'A port is' : 'Ports are'} taken by another program: ${list}. Is StreamUs running already? Stop the other program or choose another port.`,
  );
}

function tcpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function udpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
