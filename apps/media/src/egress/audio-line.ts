import { OPUS_SILENCE_20MS, OPUS_SILENCE_SAMPLES, opusSamples } from '@streamus/media-formats';

const SAMPLES_PER_MS = 48;
/** Sound that is missing for longer is replaced by silence. */
const GAP_MS = 100;
/** Small deviations add up (clocks drift); beyond this one packet of silence is put in or one packet left out. */
const SLIP_MS = 40;
/** Silence is written up to this long before now, so that late packets still find their place. */
const SILENCE_LAG_MS = 700;

/**
 * The show's sound as one unbroken line of Opus packets: what comes is put where its time says, what is missing becomes silence.
 * Position is counted in samples from `zeroMs` (machine's monotonic clock).
 */
export class AudioLine {
  readonly #zeroMs: number;
  readonly #write: (packet: Uint8Array) => void;
  #samples = 0;
  #silenceSamples = 0;
  #dropped = 0;

  constructor(zeroMs: number, write: (packet: Uint8Array) => void) {
    this.#zeroMs = zeroMs;
    this.#write = write;
  }

  /** Samples written so far. */
  get samples(): number {
    return this.#samples;
  }

  get silentSeconds(): number {
    return this.#silenceSamples / 48_000;
  }

  get droppedPackets(): number {
    return this.#dropped;
  }

  packet(timeMs: number, packet: Uint8Array): void {
    const samples = opusSamples(packet);
    if (samples === 0) return;
    const ahead = timeMs - this.#endMs();
    if (ahead > GAP_MS) this.#silenceUntil(timeMs - 20);
    else if (ahead > SLIP_MS) this.#silence();
    else if (ahead < -SLIP_MS) {
      this.#dropped += 1;
      return;
    }
    this.#write(packet);
    this.#samples += samples;
  }

  /** Call it often: fills with silence what can no longer come in time. */
  tick(nowMs: number): void {
    this.#silenceUntil(nowMs - SILENCE_LAG_MS);
  }

  #endMs(): number {
    return this.#zeroMs + this.#samples / SAMPLES_PER_MS;
  }

  #silenceUntil(timeMs: number): void {
    while (this.#endMs() < timeMs) this.#silence();
  }

  #silence(): void {
    this.#write(OPUS_SILENCE_20MS);
    this.#samples += OPUS_SILENCE_SAMPLES;
    this.#silenceSamples += OPUS_SILENCE_SAMPLES;
  }
}
