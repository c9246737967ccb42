import type { ProgrammeBreach } from '@streamus/media-formats';

/** Counters of one ingest process, which only grow, and below them what holds now. */
export interface IngestStats {
  packets: number;
  /** Given up. */
  lostPackets: number;
  /** Video packets that did not come at the first try. */
  missedPackets: number;
  nacks: number;
  plis: number;
  damagedGops: number;
  droppedUnits: number;
  acceptedUnits: number;
  videoBytes: number;
  /** Time between the last two keyframes, ms. */
  keyframeDistanceMs: number;
  /** What the jitter buffer adds. */
  jitterBufferMs: number;
  /** How far sound is moved against picture. */
  skewMs: number;
  /** Why the programme goes through our encoder. */
  normalised: ProgrammeBreach | null;
  /** What arrives cannot be decoded by anybody: of an absurd size, or with parameters that make no sense. */
  unusable: boolean;
  joined: boolean;
}

export function emptyIngestStats(): IngestStats {
  return {
    packets: 0,
    lostPackets: 0,
    missedPackets: 0,
    nacks: 0,
    plis: 0,
    damagedGops: 0,
    droppedUnits: 0,
    acceptedUnits: 0,
    videoBytes: 0,
    keyframeDistanceMs: 0,
    jitterBufferMs: 0,
    skewMs: 0,
    normalised: null,
    unusable: false,
    joined: false,
  };
}
