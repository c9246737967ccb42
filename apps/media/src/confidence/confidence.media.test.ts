import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ProgrammeWarning } from '@streamus/contracts';
import { FlvReader, readFlvContent, writeFlvTag } from '@streamus/media-formats';
import { expect, onTestFinished, test } from 'vitest';
import type { ShowHeaders, ShowItem } from '../egress/show-item.ts';
import { ConfidenceMonitor } from './confidence-monitor.ts';
import { type DecoderEvents, PictureAndSound, SOUND_RATE } from './picture-and-sound.ts';

const run = promisify(execFile);
const NOMINAL_FPS = 15;

const MOVING = 'testsrc2=s=160x90:r=15';
const TONE = 'sine=f=440:r=48000';
/** 14 s with a keyframe every two, as the show is; issue: warnings come in 10 s. */
const SECONDS = 14;
const LIMIT_MS = 10_000;

interface Show {
  readonly headers: ShowHeaders;
  readonly items: readonly ShowItem[];
}

async function show(video: string, audio: string): Promise<Show> {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-f', 'lavfi', '-i', video, '-f', 'lavfi', '-i', audio],
      ...[
        '-t',
        String(SECONDS),
        '-c:v',
        'libx264',
        '-profile:v',
        'baseline',
        '-preset',
        'ultrafast',
        '-bf',
        '0',
      ],
      ...['-force_key_frames', 'expr:gte(t,n_forced*2)', '-pix_fmt', 'yuv420p'],
      ...['-c:a', 'aac', '-ar', '48000', '-ac', '2', '-f', 'flv', 'pipe:1'],
    ],
    { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
  );
  let headers: ShowHeaders = { avcC: new Uint8Array(), audio: new Uint8Array() };
  const items: ShowItem[] = [];
  for (const tag of new FlvReader().push(stdout)) {
    const { time } = tag;
    const content = readFlvContent(tag);
    if (content.kind === 'video-header') headers = { ...headers, avcC: content.avcC };
    if (content.kind === 'audio-header') headers = { ...headers, audio: content.config };
    if (content.kind === 'video')
      items.push({ kind: 'video', key: content.key, time, tag: writeFlvTag(tag) });
    if (content.kind === 'audio') items.push({ kind: 'audio', key: false, time, tag: writeFlvTag(tag) });
  }
  return { headers, items };
}

/** What the decoder and the resampler keep of the sound until more goes in. */
const SOUND_LAG_MS = 250;

/** Counts what comes out of a decoder of pictures and sound. */
class Decoded {
  pictures = 0;
  soundMs = 0;
  #changed = Promise.withResolvers<void>();

  readonly startDecoder = (events: DecoderEvents): PictureAndSound =>
    new PictureAndSound({
      picture: (luma) => {
        events.picture(luma);
        this.pictures += 1;
        this.#changed.resolve();
      },
      sound: (samples) => {
        events.sound(samples);
        this.soundMs += (samples.length / 2 / SOUND_RATE) * 1_000;
        this.#changed.resolve();
      },
      ended: (reason) => this.#changed.reject(new Error(reason)),
    });

  async until(pictures: number, soundMs: number): Promise<void> {
    while (this.pictures < pictures || this.soundMs < soundMs) {
      await this.#changed.promise;
      this.#changed = Promise.withResolvers();
    }
  }
}

/** Plays a show to a monitor on its own time, all decoded before the next picture; when each warning was first seen, ms. */
async function watch({ headers, items }: Show, slate = false): Promise<Map<ProgrammeWarning, number>> {
  const seen = new Map<ProgrammeWarning, number>();
  const decoded = new Decoded();
  let now = 0;
  let pictures = 0;
  const monitor = new ConfidenceMonitor({
    nominalFps: NOMINAL_FPS,
    isSlate: () => slate,
    now: () => now,
    log: (message, fields) => expect.fail(`${message} ${JSON.stringify(fields)}`),
    startDecoder: decoded.startDecoder,
  });
  onTestFinished(() => monitor.close());
  monitor.headers(headers);
  for (const item of items) {
    if (item.key && !slate) {
      await decoded.until(pictures, now - SOUND_LAG_MS);
      pictures += 1;
    }
    now = Math.max(now, item.time);
    monitor.item(item);
    for (const warning of monitor.warnings) if (!seen.has(warning)) seen.set(warning, now);
  }
  expect(decoded.pictures > 0).toBe(!slate);
  return seen;
}

test.each<[string, string, string, ProgrammeWarning[]]>([
  ['a good show', MOVING, TONE, []],
  ['a black picture', 'color=black:s=160x90:r=15', TONE, ['black']],
  ['a picture that stands still', 'smptebars=s=160x90:r=15', TONE, ['frozen']],
  ['no sound', MOVING, 'anullsrc=r=48000', ['silent']],
  ['ten pictures a second instead of fifteen', 'testsrc2=s=160x90:r=10', TONE, ['low-frame-rate']],
])('%s: %s, %s', async (_, video, audio, expected) => {
  const seen = await watch(await show(video, audio));
  expect([...seen.keys()]).toEqual(expected);
  for (const at of seen.values()) expect(at).toBeLessThanOrEqual(LIMIT_MS);
});

test('the slate is no trouble', async () => {
  const seen = await watch(await show('color=black:s=160x90:r=15', 'anullsrc=r=48000'), true);
  expect([...seen.keys()]).toEqual([]);
});
