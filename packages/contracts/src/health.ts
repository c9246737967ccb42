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
  /** Media that the destination has not got: left out because it was too slow, or missed while it was away. */
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

/** What the confidence monitor sees in the media that is really sent, and `unusable`: what arrives cannot be sent at all. */
export const programmeWarningSchema = z.enum(['unusable', 'black', 'frozen', 'silent', 'low-frame-rate']);
export type ProgrammeWarning = z.infer<typeof programmeWarningSchema>;

/** The places where the composer's browser loses or repeats pictures and sound, apart; each per second over the last seconds. */
export const composerHealthSchema = z.object({
  /** Pictures drawn per second. */
  fps: z.number().nonnegative(),
  /** Ticks of the clock that came too late to be drawn. */
  lateFrames: z.number().nonnegative(),
  /** Pictures drawn that look like the one before, because nobody's camera had a new one. Unknown to older composers. */
  repeatedFrames: z.number().nonnegative().default(0),
  /** Pictures drawn that the encoder did not encode. */
  encoderDrops: z.number().nonnegative(),
  /** Sound that was never sent, ms. Unknown to older composers. */
  lostSoundMs: z.number().nonnegative().default(0),
  /** Share of packets lost on the way to the room, percent. */
  networkLossPercent: z.number().min(0).max(100),
});
export type ComposerHealth = z.infer<typeof composerHealthSchema>;

/** The programme as ingest and egress see it. Saved in stream_health. */
export const programmeHealthSchema = z.object({
  /** waiting: nothing arrived yet; slate: the programme stopped and the slate is on air. */
  state: z.enum(['waiting', 'live', 'slate']),
  fps: z.number().nonnegative(),
  bitrate: z.number().nonnegative(),
  keyframeDistanceMs: z.number().nonnegative(),
  lostPackets: z.int().nonnegative(),
  /** Share of packets that did not arrive at the first try over the last seconds, percent. */
  lossPercent: z.number().min(0).max(100),
  nacks: z.int().nonnegative(),
  plis: z.int().nonnegative(),
  damagedGops: z.int().nonnegative(),
  /** What the jitter buffer adds now. */
  jitterBufferMs: z.number().nonnegative(),
  /** How far sound is moved against picture to bring both together; its change is drift. */
  skewMs: z.number(),
  /** From a sound packet's arrival to its AAC frame. */
  aacLagMs: z.number().nonnegative(),
  /** Why the programme goes through an encoder of ours; null: it is passed through. */
  normalised: errorCodeSchema.nullable(),
  warnings: z.array(programmeWarningSchema),
  /** Seconds on the recording; null when this stream is not recorded. */
  recordedSeconds: z.number().nonnegative().nullable(),
  /** Seconds of the recording that are on this server's disk and not yet in the object store. */
  waitingSeconds: z.number().nonnegative(),
  recordingAlarm: errorCodeSchema.nullable(),
});
export type ProgrammeHealth = z.infer<typeof programmeHealthSchema>;
