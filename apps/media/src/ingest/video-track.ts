import {
  type AccessUnit,
  type BusRecord,
  buildAvcC,
  complete,
  H264Depacketiser,
  NAL_SPS,
  NackTracker,
  NO_PARAMETER_SETS,
  nalType,
  type Ordered,
  parseSps,
  ReorderBuffer,
  type RtpPacket,
  type ShowClock,
  toAvcc,
  updateParameterSets,
  WrapExtender,
} from '@streamus/media-formats';
import { monotonicMs } from '../monotonic.ts';
import type { IngestStats } from './ingest-stats.ts';
import type { IncomingTrack } from './webrtc.ts';

/** Long enough for two retransmissions at 60 ms round trip; what the reorder buffer adds to latency after a loss. */
const HOLD_MS = 250;
/** 0.5 s of a 50 Mbit/s stream. */
const CAPACITY = 2_600;
const NACK = { firstAfterMs: 8, retryMs: 50, giveUpMs: HOLD_MS, maxMissing: 1_000 };
/** LiveKit lets one keyframe request a second through to the publisher (media research 1.5). */
const PLI_PAUSE_MS = 1_000;
const GOP_MS = 2_000;
/** Requests go out this much early: about one round trip and an encoder frame. */
const GOP_LEAD_MS = 60;

/** The smallest programme is 160 pixels wide (packages/studio). */
const LEAST_WIDTH = 16;

/** LiveKit ends a track with black keyframes of 2 × 2 pixels (pkg/sfu/downtrack.go); they are no picture of the show. */
function isFarewell({ nals }: AccessUnit): boolean {
  return nals.some((nal) => nalType(nal) === NAL_SPS && (parseSps(nal)?.width ?? LEAST_WIDTH) < LEAST_WIDTH);
}

/** One programme video track: RTP packets in, whole undamaged GOPs out as bus records. */
export class VideoTrack {
  readonly #track: IncomingTrack;
  readonly #clock: ShowClock;
  readonly #stats: IngestStats;
  readonly #emit: (record: BusRecord) => void;
  #reorder = new ReorderBuffer<RtpPacket & { arrival: number }>({ holdMs: HOLD_MS, capacity: CAPACITY });
  #nack = new NackTracker(NACK);
  #extender = new WrapExtender(16);
  #depacketiser = new H264Depacketiser();
  #sets = NO_PARAMETER_SETS;
  #configSent = false;
  #ssrc: number | undefined;
  #waitingForKey = true;
  #lastKeyAt: number | undefined;
  #lastPliAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(track: IncomingTrack, clock: ShowClock, stats: IngestStats, emit: (record: BusRecord) => void) {
    this.#track = track;
    this.#clock = clock;
    this.#stats = stats;
    this.#emit = emit;
    track.onPacket((packet) => this.#receive(packet, monotonicMs()));
    track.onReport((report) => clock.videoReport(report));
  }

  close(): void {
    this.#closed = true;
  }

  /** The link to egress is new: it needs the configuration and a keyframe. */
  restart(): void {
    this.#configSent = false;
    this.#waitingForKey = true;
    this.#askForKey(monotonicMs());
  }

  /** Time-driven work: retransmission requests, gaps given up, keyframe cadence. Call it every 10–20 ms. */
  tick(now: number): void {
    if (this.#closed || this.#ssrc === undefined) return;
    const due = this.#nack.due(now);
    if (due.length > 0) {
      this.#stats.nacks += due.length;
      this.#track.requestAgain(this.#ssrc, due);
    }
    this.#consume(this.#reorder.poll(now));
    const sinceKey = this.#lastKeyAt === undefined ? Number.POSITIVE_INFINITY : now - this.#lastKeyAt;
    if (this.#waitingForKey || sinceKey >= GOP_MS - GOP_LEAD_MS) this.#askForKey(now);
  }

  #receive(packet: RtpPacket, arrival: number): void {
    if (this.#closed) return;
    if (packet.ssrc !== this.#ssrc) this.#rebase(packet.ssrc, arrival);
    this.#stats.packets += 1;
    const sequence = this.#extender.extend(packet.sequence);
    this.#nack.received(sequence, arrival);
    this.#consume(this.#reorder.push(sequence, { ...packet, arrival }, arrival));
  }

  #rebase(ssrc: number, now: number): void {
    const first = this.#ssrc === undefined;
    this.#ssrc = ssrc;
    this.#extender = new WrapExtender(16);
    this.#nack = new NackTracker(NACK);
    this.#reorder = new ReorderBuffer({ holdMs: HOLD_MS, capacity: CAPACITY });
    this.#depacketiser = new H264Depacketiser();
    this.#waitingForKey = true;
    if (!first) this.#clock.rebaseVideo(now);
  }

  #consume(ordered: readonly Ordered<RtpPacket & { arrival: number }>[]): void {
    for (const item of ordered) {
      if (item.kind === 'gap') {
        this.#stats.lostPackets += item.missing;
        this.#depacketiser.gap();
        this.#damage();
        continue;
      }
      for (const unit of this.#depacketiser.push(item.packet)) this.#accept(unit, item.packet.arrival);
    }
  }

  #damage(): void {
    if (!this.#waitingForKey) this.#stats.damagedGops += 1;
    this.#waitingForKey = true;
    this.#askForKey(monotonicMs());
  }

  #accept(unit: AccessUnit, arrival: number): void {
    if (isFarewell(unit)) {
      this.#stats.droppedUnits += 1;
      return;
    }
    const time = this.#clock.video(unit.timestamp, arrival);
    if (unit.damaged && !this.#waitingForKey) this.#damage();
    const sets = updateParameterSets(this.#sets, unit.nals);
    if (sets !== this.#sets) {
      this.#sets = sets;
      this.#configSent = false;
    }
    if (this.#waitingForKey && (!unit.key || unit.damaged || !complete(this.#sets))) {
      this.#stats.droppedUnits += 1;
      return;
    }
    const avcc = toAvcc(unit.nals);
    if (avcc.length === 0) return;
    this.#waitingForKey = false;
    if (unit.key) {
      if (this.#lastKeyAt !== undefined) this.#stats.keyframeDistanceMs = time - this.#lastKeyAt;
      this.#lastKeyAt = time;
    }
    if (!this.#configSent) {
      this.#configSent = true;
      this.#emit({ kind: 'config', avcC: buildAvcC(this.#sets) });
    }
    this.#stats.acceptedUnits += 1;
    this.#stats.videoBytes += avcc.length;
    this.#emit({ kind: 'video', time, key: unit.key, unit: avcc });
  }

  #askForKey(now: number): void {
    if (this.#ssrc === undefined || now - this.#lastPliAt < PLI_PAUSE_MS) return;
    this.#lastPliAt = now;
    this.#stats.plis += 1;
    this.#track.requestKeyframe(this.#ssrc);
  }
}
