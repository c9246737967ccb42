import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BusReader, type BusRecord } from '@streamus/media-formats';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openBusLink } from './bus-link.ts';

const record = (time: number): BusRecord => ({ kind: 'opus', time, packet: Uint8Array.of(time) });

test('what is sent together arrives in one piece, in order; what was sent while nobody listened does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-bus-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const pieces: BusRecord[][] = [];
  const server = createServer((socket) => {
    const reader = new BusReader();
    socket.on('data', (chunk: Buffer) => pieces.push(reader.push(chunk)));
  });
  const path = join(folder, 'bus.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  const connected = vi.fn();
  const link = openBusLink(path, connected);
  onTestFinished(() => link.close());
  link.send(record(1));
  await vi.waitFor(() => expect(connected).toHaveBeenCalled(), 20_000);
  link.send();
  link.send(record(2), record(3), record(4));
  await vi.waitFor(() => expect(pieces).toHaveLength(1), 20_000);
  link.send(record(5));
  await vi.waitFor(() => expect(pieces).toHaveLength(2), 20_000);
  expect(pieces.map((piece) => piece.map((read) => read.kind === 'opus' && read.time))).toEqual([
    [2, 3, 4],
    [5],
  ]);
});
