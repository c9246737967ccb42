import { z } from 'zod';
import { errorCodeSchema } from './errors.ts';

export const outputStateSchema = z.enum([
  'idle',
  'connecting',
  'live',
  'degraded',
  'backing-off',
  'failed',
  'stopped',
]);
export type OutputState = z.infer<typeof outputStateSchema>;

/** One output as the media engine sees it, once a second. Saved in stream_destinations.metadata. */
export const outputHealthSchema = z.object({
  state: outputStateSchema,
  /** Bits per second sent over the last seconds. */
  bitrate: z.number().nonnegative(),
  queueMs: z.number().nonnegative(),
  droppedSeconds: z.number().nonnegative(),
  reconnects: z.int().nonnegative(),
  /** Time of the next try while backing off. */
  retryAt: z.iso.datetime().nullable(),
  liveSince: z.iso.datetime().nullable(),
  lastError: z.object({ code: errorCodeSchema, message: z.string(), at: z.iso.datetime() }).nullable(),
});
export type OutputHealth = z.infer<typeof outputHealthSchema>;

export const idleOutputHealth: OutputHealth = {
  state: 'idle',
  bitrate: 0,
  queueMs: 0,
  droppedSeconds: 0,
  reconnects: 0,
  retryAt: null,
  liveSince: null,
  lastError: null,
};

/** The programme as ingest and egress see it. Saved in stream_health. */
export const programmeHealthSchema = z.object({
  /** waiting: nothing arrived yet; slate: the programme stopped and the slate is on air. */
  state: z.enum(['waiting', 'live', 'slate']),
  fps: z.number().nonnegative(),
  bitrate: z.number().nonnegative(),
  keyframeDistanceMs: z.number().nonnegative(),
  lostPackets: z.int().nonnegative(),
  nacks: z.int().nonnegative(),
  plis: z.int().nonnegative(),
  damagedGops: z.int().nonnegative(),
  /** Seconds on the recording; null when this stream is not recorded. */
  recordedSeconds: z.number().nonnegative().nullable(),
  recordingAlarm: errorCodeSchema.nullable(),
});
export type ProgrammeHealth = z.infer<typeof programmeHealthSchema>;
