/** Counters of one ingest process; everything but the last two only grows. */
export interface IngestStats {
  packets: number;
  lostPackets: number;
  nacks: number;
  plis: number;
  damagedGops: number;
  droppedUnits: number;
  acceptedUnits: number;
  videoBytes: number;
  /** Time between the last two keyframes, ms. */
  keyframeDistanceMs: number;
  joined: boolean;
}

export function emptyIngestStats(): IngestStats {
  return {
    packets: 0,
    lostPackets: 0,
    nacks: 0,
    plis: 0,
    damagedGops: 0,
    droppedUnits: 0,
    acceptedUnits: 0,
    videoBytes: 0,
    keyframeDistanceMs: 0,
    joined: false,
  };
}
