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
/** A program takes longer to start where many do at once; to begin another then would make it worse. */
const FIRST_ANSWER_MS = 10_000;
const RESTART_MS = 250;
const NOTHING = new Uint8Array(0);
/** Opus that waits for its answer is kept for the next encoder: as long as a start may take, ms. */
const MOST_UNANSWERED_SAMPLES = (FIRST_ANSWER_MS + WATCHDOG_MS) * 48;

export interface AacEncoderEvents {
  /** `sample`: position of the frame's first sample on the line of what was written. */
  frame(data: Uint8Array, sample: number): void;
  failed(reason: string): void;
}

/**
 * One FFmpeg that turns the show's Opus into AAC. When it dies or hangs, the next one gets what it has not answered; nobody gets what
 * one was given that has answered nothing, which may be why.
 */
export class AacEncoder {
  readonly #events: AacEncoderEvents;
  #child: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #muxer = new OggOpusMuxer(1);
  /** What no frame of AAC covers yet, oldest first; it ends where the line does. */
  readonly #unanswered: Uint8Array[] = [];
  #unansweredSamples = 0;
  #written = 0;
  #answered = false;
  #fedSinceFrame = 0;
  #lastFrameAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(events: AacEncoderEvents) {
    this.#events = events;
    this.#start();
  }

  /** Appends one Opus packet to the line. */
  write(packet: Uint8Array): void {
    const samples = opusSamples(packet);
    this.#unanswered.push(packet);
    this.#unansweredSamples += samples;
    this.#written += samples;
    this.#forgetBefore(this.#written - MOST_UNANSWERED_SAMPLES);
    if (this.#child !== undefined) this.#feed(this.#child, packet);
    const patience = this.#answered ? WATCHDOG_MS : FIRST_ANSWER_MS;
    if (this.#fedSinceFrame > WATCHDOG_SAMPLES && monotonicMs() - this.#lastFrameAt > patience) {
      this.#restart('the audio encoder hangs');
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#child?.kill('SIGKILL');
  }

  #feed({ stdin }: ChildProcessByStdio<Writable, Readable, null>, packet: Uint8Array): void {
    if (this.#fedSinceFrame === 0) this.#lastFrameAt = monotonicMs();
    // Packets that arrived together wake the encoder once.
    stdin.cork();
    stdin.write(this.#muxer.packet(packet));
    process.nextTick(() => stdin.uncork());
    this.#fedSinceFrame += opusSamples(packet);
  }

  #start(): void {
    const child = spawn('ffmpeg', ARGUMENTS, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child = child;
    this.#muxer = new OggOpusMuxer(1);
    this.#answered = false;
    this.#fedSinceFrame = 0;
    const parser = new AdtsParser();
    const origin = this.#written - this.#unansweredSamples;
    let frames = 0;
    child.stdout.on('data', (chunk: Uint8Array) => {
      if (this.#child !== child) return;
      for (const { data } of parser.push(chunk)) {
        // The encoder's first frame is its priming: frame n carries the samples of n - 1.
        if (frames > 0) this.#answer(data, origin + (frames - 1) * AAC_FRAME_SAMPLES);
        frames += 1;
      }
      this.#answered = true;
      this.#fedSinceFrame = 0;
      this.#lastFrameAt = monotonicMs();
    });
    // 'exit' follows and restarts it.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => this.#lost(child, error.message));
    child.on('exit', (code, signal) => this.#lost(child, `the audio encoder ended (${code ?? signal})`));
    child.stdin.write(this.#muxer.headers(2));
    for (const packet of this.#unanswered) this.#feed(child, packet);
  }

  #answer(data: Uint8Array, sample: number): void {
    this.#forgetBefore(sample + AAC_FRAME_SAMPLES);
    this.#events.frame(data, sample);
  }

  #forgetBefore(sample: number): void {
    for (;;) {
      const samples = opusSamples(this.#unanswered[0] ?? NOTHING);
      if (samples === 0 || this.#written - this.#unansweredSamples + samples > sample) return;
      this.#unanswered.shift();
      this.#unansweredSamples -= samples;
    }
  }

  #lost(child: ChildProcessByStdio<Writable, Readable, null>, reason: string): void {
    if (this.#child !== child || this.#closed) return;
    this.#restart(reason);
  }

  #restart(reason: string): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#fedSinceFrame = 0;
    if (!this.#answered) this.#forgetBefore(this.#written);
    this.#events.failed(reason);
    this.#timer = setTimeout(() => this.#start(), RESTART_MS);
  }
}
