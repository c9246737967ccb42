import {
  complete,
  JitterBuffer,
  NAL_SPS,
  NO_PARAMETER_SETS,
  nalType,
  type Ordered,
  type PictureSize,
  parseSps,
  type RtpPacket,
  type ShowClock,
  updateParameterSets,
  vp8KeyframeSize,
} from '@streamus/media-formats';
import { monotonicMs } from '../monotonic.ts';
import type { IngestStats } from './ingest-stats.ts';
import { KeyframeRequests } from './keyframe-requests.ts';
import type { Picture, PictureSink } from './picture.ts';
import { type CodedUnit, VideoDepacketiser } from './video-depacketiser.ts';
import type { IncomingTrack } from './webrtc.ts';

/** A second of a 50 Mbit/s stream and more. */
const CAPACITY = 8_192;
/** The smallest programme is 160 pixels wide (packages/studio). */
const LEAST_WIDTH = 16;
/** A stream has one set of each kind, at most a few; a sender with more is broken or hostile. */
const MOST_SETS = 16;

/** LiveKit ends a track with black keyframes of 2 × 2 pixels (pkg/sfu/downtrack.go); they are no picture of the show. */
function isFarewell(unit: CodedUnit): boolean {
  if (unit.codec === 'vp8') return (vp8KeyframeSize(unit.data)?.width ?? LEAST_WIDTH) < LEAST_WIDTH;
  return unit.nals.some(
    (nal) => nalType(nal) === NAL_SPS && (parseSps(nal)?.width ?? LEAST_WIDTH) < LEAST_WIDTH,
  );
}

type Arrived = RtpPacket & { readonly arrival: number };

/** One programme video track: RTP packets in, the pictures of whole undamaged GOPs out. */
export class VideoTrack {
  readonly #track: IncomingTrack;
  readonly #clock: ShowClock;
  readonly #stats: IngestStats;
  readonly #sink: PictureSink;
  readonly #depacketiser: VideoDepacketiser;
  readonly #requests = new KeyframeRequests();
  #buffer = new JitterBuffer<Arrived>(CAPACITY);
  #sets = NO_PARAMETER_SETS;
  #size: PictureSize | undefined;
  #ssrc: number | undefined;
  #waitingForKey = true;
  #lastKeyTime: number | undefined;
  /** RTP timestamp of the newest keyframe of which a packet came. */
  #newestKey: number | undefined;
  #missedBefore = 0;
  #closed = false;

  constructor(track: IncomingTrack, clock: ShowClock, stats: IngestStats, sink: PictureSink) {
    this.#track = track;
    this.#clock = clock;
    this.#stats = stats;
    this.#sink = sink;
    this.#depacketiser = new VideoDepacketiser((payloadType) => track.codecOf(payloadType));
    track.onPacket((packet) => this.#receive(packet, monotonicMs()));
    // A composer that has gone sends reports until it is let go; the clock is its successor's by then.
    track.onReport((report) => {
      if (!this.#closed) clock.videoReport(report);
    });
  }

  close(): void {
    this.#closed = true;
  }

  /** Whoever is shown the pictures knows nothing yet, and needs a keyframe. */
  restart(): void {
    this.#waitingForKey = true;
    this.#askForKey(monotonicMs());
  }

  /** Time-driven work: retransmission requests, gaps given up, keyframe cadence. Call it every 10–20 ms. */
  tick(now: number): void {
    if (this.#closed || this.#ssrc === undefined) return;
    const { ordered, wanted } = this.#buffer.tick(now);
    if (wanted.length > 0) {
      this.#stats.nacks += wanted.length;
      this.#track.requestAgain(this.#ssrc, wanted);
    }
    this.#consume(ordered);
    this.#stats.missedPackets += this.#buffer.missed - this.#missedBefore;
    this.#missedBefore = this.#buffer.missed;
    this.#stats.jitterBufferMs = this.#buffer.addedMs;
    this.#askForKey(now);
  }

  #receive(packet: RtpPacket, arrival: number): void {
    if (this.#closed) return;
    if (packet.ssrc !== this.#ssrc) this.#rebase(packet.ssrc, arrival);
    this.#stats.packets += 1;
    this.#noteKey(packet, arrival);
    this.#consume(this.#buffer.push(packet.sequence, { ...packet, arrival }, arrival));
  }

  /** LiveKit repairs again once it has sent a keyframe, whether that came whole or not. */
  #noteKey(packet: RtpPacket, arrival: number): void {
    const ahead = (packet.timestamp - (this.#newestKey ?? packet.timestamp - 1)) | 0;
    if (ahead <= 0 || !this.#depacketiser.isKey(packet)) return;
    this.#newestKey = packet.timestamp;
    this.#requests.arriving(arrival);
    this.#buffer.repairResumes(arrival);
  }

  #rebase(ssrc: number, now: number): void {
    const first = this.#ssrc === undefined;
    this.#ssrc = ssrc;
    this.#buffer = new JitterBuffer(CAPACITY);
    this.#missedBefore = 0;
    this.#newestKey = undefined;
    this.#depacketiser.gap();
    this.#waitingForKey = true;
    if (!first) this.#clock.rebaseVideo(now);
  }

  #consume(ordered: readonly Ordered<Arrived>[]): void {
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
    if (!this.#waitingForKey) {
      this.#stats.damagedGops += 1;
      this.#sink.damagedGop(monotonicMs());
    }
    this.#waitingForKey = true;
  }

  #accept(unit: CodedUnit, arrival: number): void {
    if (isFarewell(unit)) {
      this.#stats.droppedUnits += 1;
      return;
    }
    const time = this.#clock.video(unit.timestamp, arrival);
    this.#sink.arrived(time, unit.key);
    if (unit.damaged && !this.#waitingForKey) this.#damage();
    const picture = this.#picture(unit, time);
    if (picture === undefined || (this.#waitingForKey && (!unit.key || unit.damaged))) {
      this.#stats.droppedUnits += 1;
      return;
    }
    this.#waitingForKey = false;
    if (unit.key) {
      if (this.#lastKeyTime !== undefined) this.#stats.keyframeDistanceMs = time - this.#lastKeyTime;
      this.#lastKeyTime = time;
      this.#requests.keyframe(monotonicMs());
    }
    this.#stats.acceptedUnits += 1;
    this.#sink.show(picture);
  }

  /** undefined when it cannot be decoded: what describes it never came, or is nonsense. */
  #picture(unit: CodedUnit, time: number): Picture | undefined {
    const { key } = unit;
    if (unit.codec === 'vp8') {
      if (key) this.#size = vp8KeyframeSize(unit.data);
      return this.#size && { codec: 'vp8', time, key, data: unit.data, size: this.#size };
    }
    const sets = updateParameterSets(this.#sets, unit.nals);
    if (sets.sps.length > MOST_SETS || sets.pps.length > MOST_SETS) {
      this.#sets = NO_PARAMETER_SETS;
      this.#stats.unusable = true;
      return undefined;
    }
    this.#sets = sets;
    return complete(sets) ? { codec: 'h264', time, key, nals: unit.nals, sets } : undefined;
  }

  #askForKey(now: number): void {
    if (this.#ssrc === undefined) return;
    const request = this.#requests.due(now, this.#waitingForKey);
    if (request === undefined) return;
    this.#stats.plis += 1;
    this.#buffer.repairStops(now);
    if (request === 'demand') this.#track.demandKeyframe(this.#ssrc);
    else this.#track.requestKeyframe(this.#ssrc);
  }
}
