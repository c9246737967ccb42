import { OPUS_SILENCE_20MS, opusSamples } from '@streamus/media-formats';
import { AacEncoder } from './aac-encoder.ts';
import { AudioLine } from './audio-line.ts';

const SAMPLES_PER_MS = 48;
const FRAME_SAMPLES = 1_024;
/** 15 s of packets of 20 ms: longer than a show waits for its first picture. */
const MOST_EARLY = 750;
/** 4 s of packets: more than an encoder that works holds back. */
const MOST_ARRIVALS = 200;
const LAG_SMOOTHING = 0.05;

export interface ShowSoundEvents {
  /** One AAC frame at a time of the show, ms; times grow. */
  frame(time: number, data: Uint8Array): void;
  failed(reason: string): void;
}

/** The show's sound: Opus as it comes becomes one unbroken line of AAC frames on the show's clock. */
export class ShowSound {
  readonly #events: ShowSoundEvents;
  readonly #encoder: AacEncoder;
  readonly #now: () => number;
  #line: AudioLine | undefined;
  /** Came before the line began: pictures wait for the slate, and their sound with them. */
  readonly #early: { readonly timeMs: number; readonly packet: Uint8Array }[] = [];
  #beginsAt = 0;
  #lastTime = -1;
  /** End of each packet on the line and when it came. */
  readonly #arrivals: { readonly end: number; readonly at: number }[] = [];
  #written = 0;
  #lagMs = 0;

  constructor(events: ShowSoundEvents, now: () => number) {
    this.#events = events;
    this.#now = now;
    this.#encoder = new AacEncoder({
      frame: (data, sample) => this.#frame(data, sample),
      failed: (reason) => events.failed(reason),
    });
  }

  /** From a packet's arrival to its AAC frame, ms, smoothed. */
  get lagMs(): number {
    return this.#lagMs;
  }

  /** The line begins at this moment of the monotonic clock, which is `showTime` ms into the show. */
  begin(atMs: number, showTime: number): void {
    this.#beginsAt = showTime;
    this.#line = new AudioLine(atMs, (packet) => this.#write(packet));
    for (const { timeMs, packet } of this.#early.splice(0))
      if (timeMs >= atMs) this.#line.packet(timeMs, packet);
  }

  packet(timeMs: number, packet: Uint8Array): void {
    if (this.#line !== undefined) this.#line.packet(timeMs, packet);
    else this.#early.push({ timeMs, packet });
    if (this.#early.length > MOST_EARLY) this.#early.shift();
  }

  /** Call it often: fills with silence what can no longer come in time. */
  tick(nowMs: number): void {
    this.#line?.tick(nowMs);
  }

  close(): void {
    this.#encoder.close();
  }

  #write(packet: Uint8Array): void {
    this.#written += opusSamples(packet);
    // Silence is put in late on purpose and says nothing about the encoder.
    if (packet !== OPUS_SILENCE_20MS) this.#arrivals.push({ end: this.#written, at: this.#now() });
    if (this.#arrivals.length > MOST_ARRIVALS) this.#arrivals.shift();
    this.#encoder.write(packet);
  }

  #frame(data: Uint8Array, sample: number): void {
    const end = sample + FRAME_SAMPLES;
    while (this.#arrivals[0] !== undefined && this.#arrivals[0].end < end) this.#arrivals.shift();
    const [last] = this.#arrivals;
    if (last !== undefined && last.end - end < FRAME_SAMPLES)
      this.#lagMs += (this.#now() - last.at - this.#lagMs) * LAG_SMOOTHING;
    const time = Math.floor(this.#beginsAt + sample / SAMPLES_PER_MS);
    if (time <= this.#lastTime) return;
    this.#lastTime = time;
    this.#events.frame(time, data);
  }
}
