import type { ProgrammeHealth } from '@streamus/contracts';
import type { IngestStats } from '../ingest/ingest-stats.ts';
import type { UploadState } from '../recorder/uploader.ts';

/** Ingest's counters at one moment (`at` in ms). */
export interface HealthSample {
  readonly at: number;
  readonly stats: IngestStats;
}

type FromEgress = Pick<ProgrammeHealth, 'state' | 'aacLagMs' | 'warnings' | 'recordingAlarm'>;

/** The recording of the whole airing: what is safe, and what of it is on its way to the object store. */
export type RecordingState = UploadState & { readonly recordedSeconds: number };

/** Puts what egress sees and two samples of ingest's counters together. */
export function programmeHealth(
  egress: FromEgress | undefined,
  previous: HealthSample | undefined,
  latest: HealthSample | undefined,
  recording: RecordingState | undefined,
): ProgrammeHealth {
  const seconds = previous === undefined || latest === undefined ? 0 : (latest.at - previous.at) / 1000;
  const rate = (pick: (stats: IngestStats) => number): number =>
    previous === undefined || latest === undefined || seconds <= 0
      ? 0
      : Math.max(0, (pick(latest.stats) - pick(previous.stats)) / seconds);
  const stats = latest?.stats;
  return {
    state: egress?.state ?? 'waiting',
    fps: Math.round(rate((s) => s.acceptedUnits) * 10) / 10,
    bitrate: Math.round(rate((s) => s.videoBytes) * 8),
    keyframeDistanceMs: Math.round(stats?.keyframeDistanceMs ?? 0),
    lostPackets: stats?.lostPackets ?? 0,
    nacks: stats?.nacks ?? 0,
    plis: stats?.plis ?? 0,
    damagedGops: stats?.damagedGops ?? 0,
    lossPercent: lossPercent(
      rate((s) => s.packets),
      rate((s) => s.missedPackets),
    ),
    jitterBufferMs: Math.round(stats?.jitterBufferMs ?? 0),
    skewMs: Math.round(stats?.skewMs ?? 0),
    aacLagMs: egress?.aacLagMs ?? 0,
    normalised: stats?.normalised ?? null,
    warnings: [...(stats?.unusable === true ? ['unusable' as const] : []), ...(egress?.warnings ?? [])],
    waitingSeconds: recording?.waitingSeconds ?? 0,
    recordedSeconds: recording?.recordedSeconds ?? null,
    recordingAlarm: egress?.recordingAlarm ?? (recording?.unreachable === true ? 'store_unreachable' : null),
  };
}

/** `missed` of `received` packets a second did not come at the first try. */
function lossPercent(received: number, missed: number): number {
  return received + missed === 0 ? 0 : Math.round((missed / (received + missed)) * 1_000) / 10;
}
