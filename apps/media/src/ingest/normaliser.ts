import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import {
  type BusRecord,
  FlvReader,
  ivfFrame,
  ivfHeader,
  joinAnnexB,
  readFlvContent,
} from '@streamus/media-formats';
import { monotonicMs } from '../monotonic.ts';
import type { Picture } from './picture.ts';
import type { VideoFormat } from './programme-video.ts';

/** Fed for this long without an answer: it hangs. A cold start on a busy machine takes less. */
const WATCHDOG_MS = 5_000;
const RESTART_MS = 250;
/** Input that may wait, bytes: 2 s of 50 Mbit/s. More means that this machine cannot keep up. */
const MAX_WAITING_BYTES = 12 * 1024 * 1024;
/** So does a picture that comes out this long after its time: the audience would see a slate. */
const MOST_LAG_MS = 2_000;
/** A programme away for longer comes back to an encoder of its own: the time between belongs to the slate. */
const MOST_PAUSE_MS = 1_500;
const GOP_SECONDS = 2;
/** Neither a browser's parameter sets (0) nor a slate's (from 1): a recording of all three is joined without encoding it. */
const SET_ID = 31;
/** 4096 × 2304. */
const MAX_PIXELS = '9437184';

/** slow: this machine has no room for it. */
export type NormaliserFailure = 'slow' | 'broken';

export interface NormaliserEvents {
  record(record: BusRecord): void;
  needKey(): void;
  failed(reason: string, failure: NormaliserFailure): void;
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

/**
 * One FFmpeg that turns whatever a composer sends into the H.264 that a browser with an encoder would have sent: the stream's
 * size and rate, a keyframe every 2 s, the show clock's times. Restarted when it dies, hangs or falls behind.
 */
export class Normaliser {
  readonly #format: VideoFormat;
  readonly #events: NormaliserEvents;
  #child: Child | undefined;
  #codec: Picture['codec'] | undefined;
  /** Show time of the encoder's zero. */
  #zeroMs = 0;
  #lastTime = Number.NEGATIVE_INFINITY;
  #lastOut = Number.NEGATIVE_INFINITY;
  #unansweredSince: number | undefined;
  #notBefore = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(format: VideoFormat, events: NormaliserEvents) {
    this.#format = format;
    this.#events = events;
  }

  write(picture: Picture): void {
    if (this.#closed) return;
    const away = picture.time - this.#lastTime;
    if (this.#child !== undefined && (picture.codec !== this.#codec || away > MOST_PAUSE_MS || away < 0)) {
      this.#stop();
    }
    if (this.#child === undefined) {
      if (!picture.key || monotonicMs() < this.#notBefore) return;
      this.#child = this.#start(picture);
    }
    const { stdin } = this.#child;
    if (stdin.writableLength > MAX_WAITING_BYTES || this.#lagMs > MOST_LAG_MS) {
      this.restart('encoding is slower than the programme', 'slow');
      return;
    }
    this.#lastTime = picture.time;
    this.#unansweredSince ??= monotonicMs();
    stdin.write(ivfFrame(picture.time - this.#zeroMs, bytesOf(picture)));
  }

  tick(now: number): void {
    if (this.#unansweredSince !== undefined && now - this.#unansweredSince > WATCHDOG_MS) {
      this.restart('no picture came out', 'slow');
    }
  }

  /** How long the encoder that works now takes, by what it gave last. */
  get #lagMs(): number {
    return this.#lastOut < this.#zeroMs ? 0 : this.#lastTime - this.#lastOut;
  }

  /** Begins anew with the next keyframe, which it asks for. */
  restart(reason: string, failure: NormaliserFailure = 'broken'): void {
    if (this.#closed) return;
    this.#stop();
    this.#notBefore = monotonicMs() + RESTART_MS;
    this.#events.failed(reason, failure);
    this.#events.needKey();
  }

  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #stop(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#unansweredSince = undefined;
  }

  #start(first: Picture): Child {
    const { width, height } = this.#format;
    const child = spawn('ffmpeg', encoderArguments(this.#format), { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#codec = first.codec;
    this.#zeroMs = first.time;
    const reader = new FlvReader();
    const lost = (reason: string): void => {
      if (this.#child === child) this.restart(reason);
    };
    child.stdout.on('data', (chunk: Uint8Array) => {
      if (this.#child === child) this.#take(reader, chunk, lost);
    });
    // 'exit' follows and restarts it.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => lost(error.message));
    child.on('exit', (code, signal) => lost(`it ended (${code ?? signal})`));
    child.stdin.write(ivfHeader(first.codec === 'vp8' ? 'VP80' : 'H264', width, height));
    return child;
  }

  #take(reader: FlvReader, chunk: Uint8Array, lost: (reason: string) => void): void {
    this.#unansweredSince = undefined;
    let tags: ReturnType<FlvReader['push']>;
    try {
      tags = reader.push(chunk);
    } catch (error) {
      lost(String(error));
      return;
    }
    for (const tag of tags) {
      const content = readFlvContent(tag);
      if (content.kind === 'video-header') this.#events.record({ kind: 'config', avcC: content.avcC });
      if (content.kind === 'video') {
        this.#lastOut = Math.max(this.#lastOut + 1, this.#zeroMs + tag.time);
        this.#events.record({ kind: 'video', time: this.#lastOut, key: content.key, unit: content.unit });
      }
    }
  }
}

function bytesOf(picture: Picture): Uint8Array {
  if (picture.codec === 'vp8') return picture.data;
  const { nals, sets, key } = picture;
  return joinAnnexB(key ? [...sets.sps, ...sets.pps, ...nals] : nals);
}

function encoderArguments({ width, height, fps, videoBitrate }: VideoFormat): string[] {
  const size = `${width}:${height}`;
  const rate = String(videoBitrate);
  return [
    ...['-hide_banner', '-loglevel', 'error', '-fflags', 'nobuffer', '-flags', 'low_delay', '-copyts'],
    ...['-probesize', '32', '-analyzeduration', '0', '-max_pixels', MAX_PIXELS, '-threads', '1'],
    ...['-f', 'ivf', '-i', 'pipe:0', '-an'],
    '-vf',
    `scale=${size}:force_original_aspect_ratio=decrease:force_divisible_by=2,pad=${size}:-1:-1,setsar=1,format=yuv420p`,
    ...['-fps_mode', 'cfr', '-r', String(fps)],
    ...['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'veryfast', '-tune', 'zerolatency'],
    ...['-b:v', rate, '-maxrate', rate, '-bufsize', rate, '-refs', '1', '-bf', '0'],
    ...['-x264-params', `sps-id=${SET_ID}`],
    ...['-g', String(GOP_SECONDS * fps), '-keyint_min', String(GOP_SECONDS * fps), '-sc_threshold', '0'],
    ...['-flvflags', 'no_duration_filesize', '-flush_packets', '1', '-avoid_negative_ts', 'disabled'],
    ...['-f', 'flv', 'pipe:1'],
  ];
}
