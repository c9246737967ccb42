import { outputHealthSchema, programmeHealthSchema } from '@streamus/contracts';
import { z } from 'zod';

/** Messages between the supervisor and its children. Secrets travel here and nowhere else. */

const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rtmp'), url: z.string(), key: z.string() }),
  z.object({ kind: z.literal('hls'), folder: z.string() }),
]);

/** What egress must know to record. */
const recordingSchema = z.object({
  recordingId: z.string(),
  fence: z.number(),
  /** Free space below which people are warned. */
  reserveBytes: z.number(),
});
export type RecordingOptions = z.infer<typeof recordingSchema>;

/** How the slate looks; files are pictures on this machine. */
const lookSchema = z.object({
  backgroundColour: z.string(),
  backgroundFile: z.string().nullable(),
  logoFile: z.string().nullable(),
});

export const toEgressSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begin'),
    streamId: z.string(),
    busPath: z.string(),
    dataDir: z.string(),
    caFile: z.string(),
    allowPrivate: z.boolean(),
    format: z.object({ width: z.number(), height: z.number(), fps: z.number() }),
    look: lookSchema,
    recording: recordingSchema.nullable(),
    logLevel: z.string(),
  }),
  z.object({ type: z.literal('start-output'), id: z.string(), target: targetSchema }),
  z.object({ type: z.literal('stop-output'), id: z.string() }),
  z.object({ type: z.literal('retry-output'), id: z.string() }),
  /** The stream is still this worker's; not heard again within `patienceMs`, egress ends itself. */
  z.object({ type: z.literal('go-on'), patienceMs: z.number() }),
  z.object({ type: z.literal('end') }),
]);
export type ToEgress = z.infer<typeof toEgressSchema>;

const countersSchema = z.object({
  liveUnits: z.number(),
  slateUnits: z.number(),
  slates: z.number(),
  droppedUnits: z.number(),
  audioRestarts: z.number(),
});

export const fromEgressSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening') }),
  z.object({
    type: z.literal('health'),
    programme: programmeHealthSchema.pick({
      state: true,
      aacLagMs: true,
      warnings: true,
      recordedSeconds: true,
      recordingAlarm: true,
    }),
    counters: countersSchema,
    seconds: z.number(),
    outputs: z.record(z.string(), outputHealthSchema),
  }),
]);
export type FromEgress = z.infer<typeof fromEgressSchema>;

const breachSchema = z.enum([
  'programme_not_h264',
  'programme_size_changed',
  'programme_low_frame_rate',
  'programme_keyframes_missing',
  'programme_damaged',
]);

export const toIngestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begin'),
    streamId: z.string(),
    livekitUrl: z.string(),
    busPath: z.string(),
    format: z.object({ width: z.number(), height: z.number(), fps: z.number(), videoBitrate: z.number() }),
    normalised: breachSchema.nullable(),
    logLevel: z.string(),
  }),
  z.object({ type: z.literal('token'), token: z.string() }),
]);
export type ToIngest = z.infer<typeof toIngestSchema>;

const statsSchema = z.object({
  packets: z.number(),
  lostPackets: z.number(),
  missedPackets: z.number(),
  nacks: z.number(),
  plis: z.number(),
  damagedGops: z.number(),
  droppedUnits: z.number(),
  acceptedUnits: z.number(),
  videoBytes: z.number(),
  keyframeDistanceMs: z.number(),
  jitterBufferMs: z.number(),
  skewMs: z.number(),
  normalised: breachSchema.nullable(),
  unusable: z.boolean(),
  joined: z.boolean(),
});

export const fromIngestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('token-wanted') }),
  /** Another participant with this ingest's identity has taken its place in the room. */
  z.object({ type: z.literal('displaced') }),
  z.object({ type: z.literal('stats'), stats: statsSchema }),
]);
export type FromIngest = z.infer<typeof fromIngestSchema>;
