import { aspectSchema, programmeSchema, roleSchema } from '@streamus/studio';
import { z } from 'zod';
import { errorCodeSchema } from './errors.ts';
import { outputHealthSchema } from './health.ts';
import {
  destinationIdSchema,
  guestLinkIdSchema,
  outputIdSchema,
  recordingIdSchema,
  streamIdSchema,
  studioIdSchema,
  userIdSchema,
} from './ids.ts';

const time = z.iso.datetime();
export const titleSchema = z.string().trim().min(1).max(120);

export const userViewSchema = z.object({
  id: userIdSchema,
  email: z.email(),
  username: z.string(),
  administrator: z.boolean(),
});
export type UserView = z.infer<typeof userViewSchema>;

export const studioViewSchema = z.object({
  id: studioIdSchema,
  name: titleSchema,
  /** Shape of its programme. */
  aspect: aspectSchema,
  /** Live stream of this studio, if any. */
  liveStreamId: streamIdSchema.nullable(),
  createdAt: time,
});
export type StudioSummary = z.infer<typeof studioViewSchema>;

export const streamStatusSchema = z.enum(['draft', 'scheduled', 'live', 'ended']);
export type StreamStatus = z.infer<typeof streamStatusSchema>;

export const platformSchema = z.enum(['watch', 'custom']);
export type Platform = z.infer<typeof platformSchema>;

/** One stream's connection to a destination; the key never leaves the server. */
export const outputViewSchema = z.object({
  id: outputIdSchema,
  /** Null for the watch page, which needs no saved destination. */
  destinationId: destinationIdSchema.nullable(),
  platform: platformSchema,
  name: z.string(),
  health: outputHealthSchema,
});
export type OutputView = z.infer<typeof outputViewSchema>;

export const streamViewSchema = z.object({
  id: streamIdSchema,
  studioId: studioIdSchema,
  title: titleSchema,
  description: z.string(),
  status: streamStatusSchema,
  record: z.boolean(),
  programme: programmeSchema,
  scheduledStart: time.nullable(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  /** Path of the public watch page. */
  watchPath: z.string(),
  createdAt: time,
});
export type StreamView = z.infer<typeof streamViewSchema>;

export const destinationViewSchema = z.object({
  id: destinationIdSchema,
  platform: z.literal('custom'),
  name: z.string(),
  url: z.string(),
  /** A key is stored; it is never returned. */
  hasKey: z.boolean(),
  createdAt: time,
});
export type DestinationView = z.infer<typeof destinationViewSchema>;

export const guestLinkViewSchema = z.object({
  id: guestLinkIdSchema,
  role: roleSchema,
  expiresAt: time,
  uses: z.int(),
  /** Path and hash to put behind the public address; the token stays out of logs and referrers. */
  path: z.string(),
  createdAt: time,
});
export type GuestLinkView = z.infer<typeof guestLinkViewSchema>;

/** Where something begins in a recording. */
export const chapterSchema = z.object({
  seconds: z.number().nonnegative(),
  kind: z.enum(['start', 'break', 'live', 'scene']),
  /** The scene's name; null for other kinds, and in chapters from before there were scenes. */
  title: z.string().nullable().default(null),
});
export type Chapter = z.infer<typeof chapterSchema>;

/** A stretch of a take that became a file of its own, because its format differs from its neighbours'. */
export const recordingPartSchema = z.object({
  /** Seconds. */
  duration: z.number().nonnegative(),
  /** Bytes. */
  fileSize: z.number().nonnegative(),
  resolution: z.string(),
});
export type RecordingPart = z.infer<typeof recordingPartSchema>;

export const recordingViewSchema = z.object({
  id: recordingIdSchema,
  /** Null once the stream was deleted; the recording stays. */
  streamId: streamIdSchema.nullable(),
  title: z.string(),
  status: z.enum(['processing', 'ready', 'error']),
  /** Seconds. */
  duration: z.number().nullable(),
  /** Bytes. */
  fileSize: z.number().nullable(),
  resolution: z.string().nullable(),
  /** How much of the file is made, 0 to 1, while it has to be encoded; null: not known. */
  progress: z.number().min(0).max(1).nullable(),
  chapters: z.array(chapterSchema),
  /** Files that are there before the whole one is, in order; none when the whole one needs no encoding. */
  parts: z.array(recordingPartSchema),
  hasThumbnail: z.boolean(),
  startedAt: time,
});
export type RecordingView = z.infer<typeof recordingViewSchema>;

/** Whether the media workers have room for a stream, before it goes live. Cores are those of their machines. */
export const capacityViewSchema = z.object({
  /** What this stream is expected to take. */
  neededCores: z.number().nonnegative(),
  /** What the freest worker has left. */
  freeCores: z.number().nonnegative(),
  /** Streams of this size that still fit on all workers together. */
  streamsThatFit: z.int().nonnegative(),
  /** Why it cannot go live now; null: it can. */
  refusal: errorCodeSchema.nullable(),
});
export type CapacityView = z.infer<typeof capacityViewSchema>;

/** What the public sees of a stream. */
export const watchViewSchema = z.object({
  id: streamIdSchema,
  title: z.string(),
  description: z.string(),
  status: streamStatusSchema,
  scheduledStart: time.nullable(),
  startedAt: time.nullable(),
  /** Names of the people on stage. */
  people: z.array(z.string()),
  /** Playlist path once there is something to play. */
  playlist: z.string().nullable(),
});
export type WatchView = z.infer<typeof watchViewSchema>;

export const roomGrantSchema = z.object({
  /** `person:<personId>:<connectionId>` or `composer:<epoch>`, signed into the token. */
  identity: z.string(),
  /** WebSocket address of the room server as this browser reaches it; null: the page's own origin. */
  url: z.string().nullable(),
  token: z.string(),
  /** How long the token lets one enter, s. */
  seconds: z.int().positive(),
});
export type RoomGrant = z.infer<typeof roomGrantSchema>;
