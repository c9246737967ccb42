import type { ProgrammeWarning } from '@streamus/contracts';
import { CONFIDENT, type Confidence, observe, warningsOf } from '@streamus/outputs';
import type { ShowListener } from '../egress/show-bus.ts';
import { flvBeginning, type ShowHeaders, type ShowItem } from '../egress/show-item.ts';
import { type DecoderEvents, PictureAndSound } from './picture-and-sound.ts';

const RESTART_MS = 5_000;
/** So many keyframes went in and no picture came out: the decoder hangs. */
const MAX_UNDECODED = 4;
const MAX_LOOKS_WITHOUT_SOUND = 2;

export interface ConfidenceOptions {
  readonly nominalFps: number;
  /** The slate is on air now. */
  readonly isSlate: () => boolean;
  /** ms of any one clock. */
  readonly now: () => number;
  readonly log: (message: string, fields: object) => void;
  /** For whoever wants to see what is decoded, too. */
  readonly startDecoder?: (events: DecoderEvents) => PictureAndSound;
}

/** Decodes the keyframes and the sound of what is really sent, and warns of what no audience should get. */
export class ConfidenceMonitor implements ShowListener {
  readonly #options: ConfidenceOptions;
  #decoder: PictureAndSound | undefined;
  #headers: ShowHeaders | undefined;
  #confidence: Confidence = CONFIDENT;
  #restartAt = 0;
  /** When the keyframes went in whose pictures have not come out, ms. */
  #undecoded: number[] = [];
  #pictures = 0;
  #keyTime: number | undefined;
  #fps = 0;
  /** The slate is on air: nothing goes to the decoder. */
  #paused = true;
  #squares = 0;
  #samples = 0;
  #rms: number | null = null;
  #looksWithoutSound = 0;

  constructor(options: ConfidenceOptions) {
    this.#options = options;
  }

  get warnings(): ProgrammeWarning[] {
    return warningsOf(this.#confidence, this.#options.now());
  }

  headers(headers: ShowHeaders): void {
    this.#headers = headers;
    this.#stopDecoder();
  }

  item(item: ShowItem): void {
    if (item.kind === 'video') this.#pictures += 1;
    if (item.kind === 'video' && item.key) this.#takeKeyframe(item);
    // All of the sound: a sample of it falls into the pauses of speech.
    else if (item.kind === 'audio' && !this.#paused) this.#decoder?.write(item.tag);
  }

  close(): void {
    this.#stopDecoder();
  }

  #takeKeyframe({ time, tag }: ShowItem): void {
    this.#measureRate(time);
    if (this.#options.isSlate()) {
      this.#confidence = CONFIDENT;
      this.#paused = true;
      return;
    }
    if (this.#undecoded.length >= MAX_UNDECODED) this.#fail('no picture comes out');
    const decoder = this.#decoder ?? this.#startDecoder(time);
    if (decoder === undefined) return;
    this.#undecoded.push(this.#options.now());
    this.#paused = false;
    decoder.write(tag);
  }

  #measureRate(time: number): void {
    if (this.#keyTime !== undefined && time > this.#keyTime) {
      this.#fps = ((this.#pictures - 1) * 1_000) / (time - this.#keyTime);
    } else this.#fps = this.#options.nominalFps;
    this.#keyTime = time;
    this.#pictures = 1;
  }

  #startDecoder(time: number): PictureAndSound | undefined {
    const headers = this.#headers;
    if (headers === undefined || this.#options.now() < this.#restartAt) return undefined;
    const { startDecoder = (events) => new PictureAndSound(events) } = this.#options;
    const decoder = startDecoder({
      picture: (luma) => this.#takePicture(luma),
      sound: (samples) => this.#takeSound(samples),
      ended: (reason) => this.#fail(reason),
    });
    decoder.write(flvBeginning(headers, time));
    this.#decoder = decoder;
    return decoder;
  }

  #takePicture(picture: Uint8Array): void {
    const at = this.#undecoded.shift();
    const { nominalFps, isSlate } = this.#options;
    if (isSlate() || at === undefined) return;
    this.#confidence = observe(this.#confidence, {
      at,
      picture,
      soundRms: this.#soundSinceLast(),
      fps: this.#fps,
      nominalFps,
    });
  }

  /** Sound and pictures come out of FFmpeg unevenly: one look without news of the sound says what the last one said. */
  #soundSinceLast(): number | null {
    if (this.#samples > 0) {
      this.#rms = Math.sqrt(this.#squares / this.#samples);
      this.#looksWithoutSound = 0;
    } else {
      this.#looksWithoutSound += 1;
      if (this.#looksWithoutSound > MAX_LOOKS_WITHOUT_SOUND) this.#rms = null;
    }
    this.#squares = 0;
    this.#samples = 0;
    return this.#rms;
  }

  #takeSound(samples: Buffer): void {
    for (let at = 0; at + 1 < samples.length; at += 2)
      this.#squares += (samples.readInt16LE(at) / 32_768) ** 2;
    this.#samples += samples.length >> 1;
  }

  /** Nothing is known while nothing is decoded: no warning is better than a wrong one. */
  #fail(reason: string): void {
    this.#options.log('confidence monitor restarts', { reason });
    this.#stopDecoder();
    this.#restartAt = this.#options.now() + RESTART_MS;
  }

  #stopDecoder(): void {
    this.#decoder?.close();
    this.#decoder = undefined;
    this.#confidence = CONFIDENT;
    this.#undecoded = [];
    this.#paused = true;
    this.#squares = 0;
    this.#samples = 0;
    this.#rms = null;
    this.#looksWithoutSound = 0;
  }
}
