import { mkdirSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { BusReader, type BusRecord } from '@streamus/media-formats';

export interface BusServer {
  close(): Promise<void>;
}

/** Listens for ingest on a unix socket. One connection counts, the newest: a restarted ingest replaces its predecessor. */
export async function listenForIngest(
  path: string,
  take: (record: BusRecord) => void,
  log: (message: string, fields: object) => void,
): Promise<BusServer> {
  let current: Socket | undefined;
  const server = createServer((socket) => {
    current?.destroy();
    current = socket;
    const reader = new BusReader();
    socket.on('data', (chunk: Buffer) => {
      try {
        // Records keep references into the chunk; sockets hand out a fresh one each time.
        for (const record of reader.push(chunk)) if (current === socket) take(record);
      } catch (error) {
        log('bus link damaged', { error: String(error) });
        socket.destroy();
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (current === socket) current = undefined;
    });
  });
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    async close() {
      current?.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(path, { force: true });
    },
  };
}
