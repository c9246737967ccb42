import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { makeClip } from '@streamus/testkit/publisher';
import { afterEach, expect, test, vi } from 'vitest';
import { monotonicMs } from '../monotonic.ts';
import { ShowSound } from './show-sound.ts';

const run = promisify(execFile);
const PACKET_MS = 20;
/** One frame of AAC has to fill, and FFmpeg reads and writes through pipes; research/media.md 7.6 expects 40 to 60 ms. */
const LAG_LIMIT_MS = 300;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function encoderPid(): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)]);
  return Number.parseInt(stdout.split('\n').find((line) => line.includes('-c:a aac')) ?? '', 10);
}

test('an encoder that hangs is replaced within 3 s; its frames go on at their own times', async () => {
  const { packets } = await makeClip({ width: 160, height: 90, fps: 5, seconds: 1, kbps: 100 });
  const times: number[] = [];
  const failures: string[] = [];
  const sound = new ShowSound(
    { frame: (time) => times.push(time), failed: (reason) => failures.push(reason) },
    monotonicMs,
  );
  closers.push(() => sound.close());
  const begin = monotonicMs();
  sound.begin(begin, 1_000);
  let sent = 0;
  const feeder = setInterval(() => {
    for (; sent * PACKET_MS <= monotonicMs() - begin; sent += 1)
      sound.packet(begin + sent * PACKET_MS, packets[sent % packets.length] ?? new Uint8Array(0));
  }, 5);
  closers.push(() => clearInterval(feeder));
  await vi.waitFor(() => expect(times.length).toBeGreaterThan(40), { timeout: 10_000 });
  expect(times[0]).toBeGreaterThanOrEqual(1_000);
  expect(sound.lagMs).toBeGreaterThan(0);
  expect(sound.lagMs).toBeLessThan(LAG_LIMIT_MS);
  const pid = await encoderPid();
  const stoppedAt = monotonicMs();
  process.kill(pid, 'SIGSTOP');
  await vi.waitFor(() => expect(failures).toEqual(['the audio encoder hangs']), { timeout: 5_000 });
  expect(monotonicMs() - stoppedAt).toBeLessThanOrEqual(3_000);
  const before = times.length;
  await vi.waitFor(() => expect(times.length).toBeGreaterThan(before + 40), { timeout: 10_000 });
  expect(await encoderPid()).not.toBe(pid);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  // What the show's clock says now, less the encoder's delay.
  const late = 1_000 + (monotonicMs() - begin) - (times.at(-1) ?? 0);
  expect(late).toBeLessThan(LAG_LIMIT_MS);
}, 30_000);
