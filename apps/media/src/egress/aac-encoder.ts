import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { AAC_FRAME_SAMPLES, AdtsParser, OggOpusMuxer, opusSamples } from '@streamus/media-formats';
import { monotonicMs } from '../monotonic.ts';

/** AudioSpecificConfig of AAC-LC, 48 kHz, stereo: what the encoder below makes. */
export const AAC_CONFIG = Uint8Array.of(0x11, 0x90);

/**
 * The fast coder is the better one above 64 kbit/s (FFmpeg's manual) and, with one thread, costs 0.019 core in place of
 * 0.029 (docs/figures.md).
 */
const ARGUMENTS = [
  ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-threads', '1'],
  ...['-probesize', '4096', '-analyzeduration', '0', '-f', 'ogg', '-i', 'pipe:0'],
  ...['-c:a', 'aac', '-aac_coder', 'fast', '-profile:a', 'aac_low'],
  ...['-b:a', '128k', '-ar', '48000', '-ac', '2'],
  ...['-flush_packets', '1', '-f', 'adts', 'pipe:1'],
];
/** Fed this much (samples) without an answer for this long (ms): it hangs. */
const WATCHDOG_SAMPLES = 48_000;
const WATCHDOG_MS = 2_000;
const RESTART_MS = 250;
/** Opus that may wait for a hanging encoder, bytes. */
const MAX_WAITING_BYTES = 256 * 1024;

export interface AacEncoderEvents {
  /** `sample`: position of the frame's first sample on the line of what was written. */
  frame(data: Uint8Array, sample: number): void;
  failed(reason: string): void;
}

/** One FFmpeg that turns the show's Opus into AAC; restarted when it dies or hangs, without losing the place in time. */
export class AacEncoder {
  readonly #events: AacEncoderEvents;
  #child: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #muxer = new OggOpusMuxer(1);
  #written = 0;
  #fedSinceFrame = 0;
  #lastFrameAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #restarts = 0;

  constructor(events: AacEncoderEvents) {
    this.#events = events;
    this.#start();
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Appends one Opus packet to the line. */
  write(packet: Uint8Array): void {
    const child = this.#child;
    const samples = opusSamples(packet);
    if (child !== undefined && child.stdin.writableLength < MAX_WAITING_BYTES) {
      if (this.#fedSinceFrame === 0) this.#lastFrameAt = monotonicMs();
      // Packets that arrived together wake the encoder once.
      child.stdin.cork();
      child.stdin.write(this.#muxer.packet(packet));
      process.nextTick(() => child.stdin.uncork());
      this.#fedSinceFrame += samples;
    }
    this.#written += samples;
    if (this.#fedSinceFrame > WATCHDOG_SAMPLES && monotonicMs() - this.#lastFrameAt > WATCHDOG_MS) {
      this.#restart('the audio encoder hangs');
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#child?.kill('SIGKILL');
  }

  #start(): void {
    const child = spawn('ffmpeg', ARGUMENTS, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child = child;
    this.#muxer = new OggOpusMuxer(1);
    this.#fedSinceFrame = 0;
    const parser = new AdtsParser();
    let origin: number | undefined;
    let frames = 0;
    origin = this.#written;
    child.stdout.on('data', (chunk: Uint8Array) => {
      if (this.#child !== child) return;
      for (const { data } of parser.push(chunk)) {
        // The encoder's first frame is its priming: frame n carries the samples of n - 1.
        if (frames > 0) this.#events.frame(data, (origin ?? 0) + (frames - 1) * AAC_FRAME_SAMPLES);
        frames += 1;
      }
      this.#fedSinceFrame = 0;
      this.#lastFrameAt = monotonicMs();
    });
    // 'exit' follows and restarts it.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => this.#lost(child, error.message));
    child.on('exit', (code, signal) => this.#lost(child, `the audio encoder ended (${code ?? signal})`));
    child.stdin.write(this.#muxer.headers(2));
  }

  #lost(child: ChildProcessByStdio<Writable, Readable, null>, reason: string): void {
    if (this.#child !== child || this.#closed) return;
    this.#restart(reason);
  }

  #restart(reason: string): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#fedSinceFrame = 0;
    this.#restarts += 1;
    this.#events.failed(reason);
    this.#timer = setTimeout(() => this.#start(), RESTART_MS);
  }
}
