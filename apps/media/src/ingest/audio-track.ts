import {
  type BusRecord,
  JitterBuffer,
  type Ordered,
  type RtpPacket,
  type ShowClock,
} from '@streamus/media-formats';
import { monotonicMs } from '../monotonic.ts';
import type { IngestStats } from './ingest-stats.ts';
import type { IncomingTrack } from './webrtc.ts';

/**
 * Egress fills with silence what is later than 700 ms; a packet behind a gap must not wait for as long. LiveKit repairs a packet
 * three times, 100 ms apart: over a line of 200 ms all three are there by then.
 */
const MOST_HOLD_MS = 600;
/** 10 s of sound. */
const CAPACITY = 500;

type Arrived = RtpPacket & { readonly arrival: number };

/** One programme audio track: Opus packets in order, with show times. */
export class AudioTrack {
  readonly #track: IncomingTrack;
  readonly #clock: ShowClock;
  readonly #stats: IngestStats;
  readonly #emit: (record: BusRecord) => void;
  #buffer = new JitterBuffer<Arrived>(CAPACITY, MOST_HOLD_MS);
  #ssrc: number | undefined;
  #closed = false;

  constructor(track: IncomingTrack, clock: ShowClock, stats: IngestStats, emit: (record: BusRecord) => void) {
    this.#track = track;
    this.#clock = clock;
    this.#stats = stats;
    this.#emit = emit;
    track.onPacket((packet) => this.#receive(packet, monotonicMs()));
    // A composer that has gone sends reports until it is let go; the clock is its successor's by then.
    track.onReport((report) => {
      if (!this.#closed) clock.audioReport(report);
    });
  }

  close(): void {
    this.#closed = true;
  }

  tick(now: number): void {
    if (this.#closed || this.#ssrc === undefined) return;
    const { ordered, wanted } = this.#buffer.tick(now);
    if (wanted.length > 0) {
      this.#stats.nacks += wanted.length;
      this.#track.requestAgain(this.#ssrc, wanted);
    }
    this.#consume(ordered);
    this.#stats.skewMs = this.#clock.skewMs;
  }

  #receive(packet: RtpPacket, arrival: number): void {
    if (this.#closed) return;
    if (packet.ssrc !== this.#ssrc) {
      if (this.#ssrc !== undefined) this.#clock.rebaseAudio(arrival);
      this.#ssrc = packet.ssrc;
      this.#buffer = new JitterBuffer(CAPACITY, MOST_HOLD_MS);
    }
    this.#consume(this.#buffer.push(packet.sequence, { ...packet, arrival }, arrival));
  }

  #consume(ordered: readonly Ordered<Arrived>[]): void {
    for (const item of ordered) {
      if (item.kind === 'gap') {
        this.#stats.lostPackets += item.missing;
      } else if (item.packet.payload.length > 0) {
        const time = this.#clock.audio(item.packet.timestamp, item.packet.arrival);
        this.#emit({ kind: 'opus', time, packet: item.packet.payload });
      }
    }
  }
}
