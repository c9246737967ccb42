import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Longest distance of frames that follow each other, ms; one of AAC is 21.3. */
const longestStep = (times: readonly number[]): number =>
  times.reduce((most, time, index) => Math.max(most, time - (times[index - 1] ?? time)), 0);
const FRAME_MS = 22;

const { packets } = await makeClip({ width: 160, height: 90, fps: 5, seconds: 1, kbps: 100 });

/** Sound as it comes on the show's clock, from now on. */
function feedSound() {
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
  return { sound, times, failures, begin };
}

test('an encoder that hangs is replaced within 3 s; no frame is missing, each at its own time', async () => {
  const { sound, times, failures, begin } = feedSound();
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
  await vi.waitFor(() => expect(times.length).toBeGreaterThan(before + 150), { timeout: 10_000 });
  expect(await encoderPid()).not.toBe(pid);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(longestStep(times)).toBeLessThanOrEqual(2 * FRAME_MS);
  // What the show's clock says now, less the encoder's delay.
  const late = 1_000 + (monotonicMs() - begin) - (times.at(-1) ?? 0);
  expect(late).toBeLessThan(LAG_LIMIT_MS);
}, 30_000);

/** In place of FFmpeg runs a shell script, which may go on as the real one. */
async function replaceFfmpeg(script: (folder: string, goOn: string) => string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-encoder-'));
  const { PATH = '' } = process.env;
  const goOn = `PATH='${PATH}' exec ffmpeg "$@"`;
  await writeFile(join(folder, 'ffmpeg'), `#!/bin/sh\n${script(folder, goOn)}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${PATH}`);
  closers.push(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
}

test('an encoder that takes four seconds to start is waited for, and nothing of the beginning is missing', async () => {
  await replaceFfmpeg((_, goOn) => `sleep 4\n${goOn}`);
  const { times, failures } = feedSound();
  await vi.waitFor(() => expect(times.length).toBeGreaterThan(200), { timeout: 10_000 });
  expect(failures).toEqual([]);
  expect(times[0]).toBeLessThanOrEqual(1_000 + FRAME_MS);
  expect(longestStep(times)).toBeLessThanOrEqual(FRAME_MS);
}, 30_000);

test('what an encoder died of, perhaps, is not given to the next one', async () => {
  await replaceFfmpeg((folder, goOn) => {
    const died = join(folder, 'died');
    return `[ -e ${died} ] || { touch ${died}; head -c 1500 > ${died}; exit 1; }\n${goOn}`;
  });
  const { times, failures } = feedSound();
  await vi.waitFor(() => expect(times.length).toBeGreaterThan(40), { timeout: 10_000 });
  expect(failures).toEqual(['the audio encoder ended (1)']);
  expect(times[0]).toBeGreaterThan(1_000 + 2 * FRAME_MS);
  expect(longestStep(times)).toBeLessThanOrEqual(FRAME_MS);
});

test('sound that came before the show could begin is heard from the first picture on', async () => {
  const times: number[] = [];
  const sound = new ShowSound({ frame: (time) => times.push(time), failed: () => undefined }, monotonicMs);
  closers.push(() => sound.close());
  const now = monotonicMs();
  packets.slice(0, 50).forEach((packet, index) => {
    sound.packet(now - 1_000 + index * PACKET_MS, packet);
  });
  sound.begin(now - 600, 0);
  await vi.waitFor(() => expect(times.at(-1)).toBeGreaterThan(500), { timeout: 10_000 });
  expect(times[0]).toBe(0);
  expect(longestStep(times)).toBeLessThanOrEqual(FRAME_MS);
});
