import type { OutputHealth, ProgrammeHealth, StreamId } from '@streamus/contracts';
import type { WorkerLoad } from '@streamus/outputs';
import type { GaugeSample, Metrics } from '@streamus/platform';

/** One process of a stream: its CPU seconds and resident bytes, null when it cannot be told. */
export interface ProcessUse {
  readonly process: 'ingest' | 'egress';
  readonly cpuSeconds: number | null;
  readonly residentBytes: number | null;
}

/** One stream as its metrics show it. */
export interface StreamMeasures {
  readonly stream: StreamId;
  readonly programme: ProgrammeHealth;
  readonly outputs: ReadonlyMap<string, OutputHealth>;
  readonly processes: readonly ProcessUse[];
}

type Numbers<T> = readonly (readonly [name: string, help: string, read: (of: T) => number | null])[];

const flag = (value: boolean): number => (value ? 1 : 0);

const PROGRAMME: Numbers<ProgrammeHealth> = [
  ['streamus_programme_live', '1 while live pictures are on air.', (p) => flag(p.state === 'live')],
  ['streamus_programme_slate', '1 while the slate is on air.', (p) => flag(p.state === 'slate')],
  ['streamus_programme_frames_per_second', 'Pictures accepted per second.', (p) => p.fps],
  ['streamus_programme_bits_per_second', 'Video bits accepted per second.', (p) => p.bitrate],
  ['streamus_programme_keyframe_distance_seconds', 'Latest GOP.', (p) => p.keyframeDistanceMs / 1000],
  ['streamus_programme_lost_packets', 'Packets never received.', (p) => p.lostPackets],
  ['streamus_programme_loss_ratio', 'Packets not received at first.', (p) => p.lossPercent / 100],
  ['streamus_programme_nacks', 'Packets asked for again.', (p) => p.nacks],
  ['streamus_programme_plis', 'Keyframes asked for.', (p) => p.plis],
  ['streamus_programme_damaged_gops', 'GOPs withheld.', (p) => p.damagedGops],
  ['streamus_programme_jitter_buffer_seconds', 'Added by the jitter buffer.', (p) => p.jitterBufferMs / 1000],
  ['streamus_programme_skew_seconds', 'Sound moved against picture.', (p) => p.skewMs / 1000],
  ['streamus_programme_aac_lag_seconds', 'From Opus to AAC.', (p) => p.aacLagMs / 1000],
  ['streamus_programme_normalised', '1 while re-encoded.', (p) => flag(p.normalised !== null)],
  ['streamus_programme_warnings', 'Warnings of the confidence monitor.', (p) => p.warnings.length],
  ['streamus_recording_seconds', 'Recorded and safe on disk.', (p) => p.recordedSeconds],
  ['streamus_recording_waiting_seconds', 'Not yet in the object store.', (p) => p.waitingSeconds],
  [
    'streamus_recording_alarm',
    '1 while the recording is in trouble.',
    (p) => flag(p.recordingAlarm !== null),
  ],
];

const OUTPUT: Numbers<OutputHealth> = [
  [
    'streamus_output_live',
    '1 while media is taken.',
    (o) => flag(o.state === 'live' || o.state === 'degraded'),
  ],
  ['streamus_output_failed', '1 once it was given up.', (o) => flag(o.state === 'failed')],
  ['streamus_output_bits_per_second', 'Bits sent per second.', (o) => o.bitrate],
  ['streamus_output_queue_seconds', 'Media waiting to be sent.', (o) => o.queueMs / 1000],
  ['streamus_output_dropped_seconds', 'Media the destination has not got.', (o) => o.droppedSeconds],
  ['streamus_output_reconnects', 'Times it came back.', (o) => o.reconnects],
];

const PROCESS: Numbers<ProcessUse> = [
  [
    'streamus_media_process_cpu_seconds',
    'CPU used by a stream’s process and its children.',
    (p) => p.cpuSeconds,
  ],
  ['streamus_media_process_resident_bytes', 'Memory of a stream’s process.', (p) => p.residentBytes],
];

/** Describes a media worker, its streams, their outputs and their processes. docs/metrics.md explains each. */
export function describeMedia(
  metrics: Metrics,
  load: () => WorkerLoad,
  streams: () => readonly StreamMeasures[],
): void {
  metrics.gauge('streamus_media_streams', 'Streams this worker carries.', [], () => [
    { labels: {}, value: streams().length },
  ]);
  metrics.gauge('streamus_media_capacity_cores', 'Cores that streams may take.', [], () => [
    { labels: {}, value: load().capacityCores },
  ]);
  metrics.gauge('streamus_media_used_cores', 'Cores that streams take.', [], () => [
    { labels: {}, value: load().usedCores },
  ]);
  for (const [name, help, read] of PROGRAMME) {
    metrics.gauge(name, help, ['stream'], () =>
      streams().flatMap(({ stream, programme }) => sample({ stream }, read(programme))),
    );
  }
  for (const [name, help, read] of OUTPUT) {
    metrics.gauge(name, help, ['stream', 'output'], () =>
      streams().flatMap(({ stream, outputs }) =>
        [...outputs].flatMap(([output, health]) => sample({ stream, output }, read(health))),
      ),
    );
  }
  for (const [name, help, read] of PROCESS) {
    metrics.gauge(name, help, ['stream', 'process'], () =>
      streams().flatMap(({ stream, processes }) =>
        processes.flatMap((own) => sample({ stream, process: own.process }, read(own))),
      ),
    );
  }
}

function sample<Name extends string>(
  labels: Readonly<Record<Name, string>>,
  value: number | null,
): GaugeSample<Name>[] {
  return value === null ? [] : [{ labels, value }];
}
