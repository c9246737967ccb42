import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

/** Pictures are reduced to this: enough to tell black and frozen, cheap to compare. */
export const REDUCED = { width: 32, height: 18 } as const;
const PICTURE_BYTES = REDUCED.width * REDUCED.height;
/** Samples a second. */
export const SOUND_RATE = 8_000;
/** More than this waiting for the decoder means that it hangs. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

/** Without these FFmpeg waits for a second of stream to learn its frame rate; keyframes alone never make that. */
const PROBING = ['-fpsprobesize', '0', '-analyzeduration', '100000', '-probesize', '2000'] as const;

export interface DecoderEvents {
  picture(luma: Uint8Array): void;
  /** 16-bit samples, little-endian, one channel. */
  sound(samples: Buffer): void;
  /** It ended by itself or hung; nothing comes any more. */
  ended(reason: string): void;
}

const pipe = z.custom<Readable>((value) => typeof value === 'object' && value !== null && 'on' in value);

/** One FFmpeg that decodes what it is given of an FLV stream to small grey pictures and plain sound. */
export class PictureAndSound {
  readonly #events: DecoderEvents;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  #rest: Buffer = Buffer.alloc(0);
  #said = '';
  #closed = false;

  constructor(events: DecoderEvents) {
    this.#events = events;
    this.#child = spawn('ffmpeg', ARGUMENTS, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
    this.#child.stdout.on('data', (chunk: Buffer) => this.#takePictures(chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString('utf8')).slice(-500);
    });
    pipe.parse(this.#child.stdio[3]).on('data', (chunk: Buffer) => {
      if (!this.#closed) events.sound(chunk);
    });
    // A decoder that is gone is told by `exit`; what could not be written to it is lost without harm.
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.on('exit', (code, signal) => this.#end(`${code ?? signal}: ${this.#said}`));
  }

  /** FLV bytes: the beginning first, then whole tags. */
  write(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (this.#child.stdin.writableLength > MAX_WAITING_BYTES) this.#end('takes nothing any more');
    else this.#child.stdin.write(bytes);
  }

  close(): void {
    this.#closed = true;
    this.#child.kill('SIGKILL');
  }

  #takePictures(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= PICTURE_BYTES) {
      const picture = Uint8Array.from(this.#rest.subarray(0, PICTURE_BYTES));
      this.#rest = this.#rest.subarray(PICTURE_BYTES);
      if (!this.#closed) this.#events.picture(picture);
    }
  }

  #end(reason: string): void {
    if (this.#closed) return;
    this.close();
    this.#events.ended(reason);
  }
}

/**
 * Each picture comes out before the next goes in. With threads of its own FFmpeg's rawvideo encoder would keep one, under
 * load as many as there are cores; `nobuffer` would swallow the picture that is probed.
 */
const ARGUMENTS: readonly string[] = [
  ...['-hide_banner', '-loglevel', 'error', '-threads', '1', '-flags', 'low_delay'],
  ...[...PROBING, '-f', 'flv', '-i', 'pipe:0'],
  ...['-map', '0:v:0', '-vf', `scale=${REDUCED.width}:${REDUCED.height}:flags=area,format=gray`],
  ...['-fps_mode', 'passthrough', '-threads', '1', '-f', 'rawvideo', '-flush_packets', '1', 'pipe:1'],
  ...['-map', '0:a:0', '-ac', '1', '-ar', String(SOUND_RATE)],
  ...['-f', 's16le', '-flush_packets', '1', 'pipe:3'],
];
