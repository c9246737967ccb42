import {
  type BusRecord,
  ReorderBuffer,
  type RtpPacket,
  type ShowClock,
  WrapExtender,
} from '@streamus/media-formats';
import { monotonicMs } from '../monotonic.ts';
import type { IngestStats } from './ingest-stats.ts';
import type { IncomingTrack } from './webrtc.ts';

/** Sound is not asked for again: a short wait for reordering, then Opus conceals. */
const HOLD_MS = 150;
const CAPACITY = 100;

type Arrived = RtpPacket & { readonly arrival: number };

/** One programme audio track: Opus packets in order, with show times. */
export class AudioTrack {
  readonly #clock: ShowClock;
  readonly #stats: IngestStats;
  readonly #emit: (record: BusRecord) => void;
  #reorder = new ReorderBuffer<Arrived>({ holdMs: HOLD_MS, capacity: CAPACITY });
  #extender = new WrapExtender(16);
  #ssrc: number | undefined;
  #closed = false;

  constructor(track: IncomingTrack, clock: ShowClock, stats: IngestStats, emit: (record: BusRecord) => void) {
    this.#clock = clock;
    this.#stats = stats;
    this.#emit = emit;
    track.onPacket((packet) => this.#receive(packet, monotonicMs()));
    track.onReport((report) => clock.audioReport(report));
  }

  close(): void {
    this.#closed = true;
  }

  tick(now: number): void {
    if (!this.#closed) this.#consume(now, undefined);
  }

  #receive(packet: RtpPacket, arrival: number): void {
    if (this.#closed) return;
    if (packet.ssrc !== this.#ssrc) {
      if (this.#ssrc !== undefined) this.#clock.rebaseAudio(arrival);
      this.#ssrc = packet.ssrc;
      this.#extender = new WrapExtender(16);
      this.#reorder = new ReorderBuffer({ holdMs: HOLD_MS, capacity: CAPACITY });
    }
    this.#consume(arrival, packet);
  }

  #consume(now: number, packet: RtpPacket | undefined): void {
    const ordered =
      packet === undefined
        ? this.#reorder.poll(now)
        : this.#reorder.push(this.#extender.extend(packet.sequence), { ...packet, arrival: now }, now);
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
