import {
  anyCommandSchema,
  personIdSchema,
  roleSchema,
  type StudioCommand,
  studioCommandSchema,
  studioDocumentSchema,
} from '@streamus/studio';
import { z } from 'zod';
import { KIT_CONTENT_MAX_BYTES } from './brand.ts';
import { type ErrorCode, errorCodeSchema } from './errors.ts';
import { composerHealthSchema, programmeHealthSchema } from './health.ts';
import { connectionIdSchema, streamIdSchema, studioIdSchema } from './ids.ts';
import { streamEventSchema } from './stream-events.ts';
import { outputViewSchema, roomGrantSchema, streamViewSchema, titleSchema } from './views.ts';

/** Bytes of one command and what it is wrapped in: the largest one uses a brand kit. */
export const COMMAND_MAX_BYTES = KIT_CONTENT_MAX_BYTES + 64 * 1024;

/** Commands of one client on their way at most: a key that is stuck must not fill the memory. */
export const PENDING_LIMIT = 200;

/** Path of the realtime socket. */
export const REALTIME_PATH = '/api/v1/realtime';

export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    studioId: studioIdSchema,
    /** Members authenticate by cookie, guests by this token. */
    guestToken: z.string().max(2048).nullable(),
    /** Last event this client has applied; null asks for the whole document. */
    lastSeq: z.int().nonnegative().nullable(),
    /** Version of the documents this client reads; clients of the first show did not say. */
    documentVersion: z.int().positive().default(1),
    /** Ids of commands it has given and not heard of. */
    pending: z.array(z.uuid()).max(PENDING_LIMIT).default([]),
  }),
  z.object({ type: z.literal('command'), id: z.uuid(), command: studioCommandSchema }),
  /** How the composer fares in this tab, once a second while it composes; from anybody else it is ignored. */
  z.object({ type: z.literal('composing'), health: composerHealthSchema }),
  /** Asks for a fresh grant for the room: the one of the welcome has run out. */
  z.object({ type: z.literal('grant') }),
  z.object({ type: z.literal('ping'), n: z.int() }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** A command whose content is not as it should be, in a message that can be answered. */
export const unfitCommandSchema = z.object({
  type: z.literal('command'),
  id: z.uuid(),
  command: z.unknown(),
});

export type ParsedCommand =
  | { readonly ok: true; readonly command: StudioCommand }
  | { readonly ok: false; readonly code: ErrorCode };

/** A command as the studio takes it, or why it does not. */
export function parseCommand(value: unknown): ParsedCommand {
  const parsed = studioCommandSchema.safeParse(value);
  if (parsed.success) return { ok: true, command: parsed.data };
  const tooLong = parsed.error.issues.some((issue) => issue.code === 'too_big' && issue.origin === 'string');
  return { ok: false, code: tooLong ? 'text_too_long' : 'invalid_input' };
}

export const studioEventSchema = z.object({
  seq: z.int().positive(),
  command: anyCommandSchema,
  /** Null: the system. */
  by: personIdSchema.nullable(),
  /** Id the client gave its command, so that it can drop its optimistic twin. */
  commandId: z.uuid().nullable(),
  at: z.iso.datetime(),
});
export type StudioEvent = z.infer<typeof studioEventSchema>;

export const presenceSchema = z.array(
  z.object({ person: personIdSchema, connections: z.array(connectionIdSchema) }),
);
export type Presence = z.infer<typeof presenceSchema>;

export const composerHolderSchema = z
  .object({ epoch: z.int(), connection: connectionIdSchema, person: personIdSchema })
  .nullable();
export type ComposerHolder = z.infer<typeof composerHolderSchema>;

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    /** The server's clock, in milliseconds since 1970. */
    atMs: z.int(),
    you: z.object({ person: personIdSchema, role: roleSchema, connection: connectionIdSchema }),
    studioName: titleSchema,
    /** Either the whole document as of `seq` … */
    document: studioDocumentSchema.nullable(),
    /** … or the events since `lastSeq`, in order and without a gap. */
    events: z.array(studioEventSchema),
    /** With a document: those of the client's pending commands that are part of it. */
    applied: z.array(z.uuid()),
    seq: z.int().nonnegative(),
    room: roomGrantSchema,
    presence: presenceSchema,
    composer: composerHolderSchema,
    stream: streamViewSchema.nullable(),
    outputs: z.array(outputViewSchema),
    programme: programmeHealthSchema.nullable(),
    composing: composerHealthSchema.nullable(),
  }),
  z.object({ type: z.literal('event'), event: studioEventSchema }),
  /** The command was stored as event `seq` (which may arrive before or after this). */
  z.object({ type: z.literal('accepted'), id: z.uuid(), seq: z.int() }),
  z.object({ type: z.literal('refused'), id: z.uuid(), code: errorCodeSchema }),
  z.object({ type: z.literal('presence'), presence: presenceSchema }),
  z.object({ type: z.literal('composer'), composer: composerHolderSchema }),
  /** The studio was renamed. */
  z.object({ type: z.literal('studio'), studioName: titleSchema }),
  /** The studio's stream or its outputs changed, or new health (1 Hz while live). */
  z.object({
    type: z.literal('stream'),
    stream: streamViewSchema.nullable(),
    outputs: z.array(outputViewSchema),
    programme: programmeHealthSchema.nullable(),
    composing: composerHealthSchema.nullable(),
  }),
  /** What has happened in the live stream and was not sent yet; after a welcome, the last hundred. */
  z.object({ type: z.literal('happened'), streamId: streamIdSchema, events: z.array(streamEventSchema) }),
  z.object({ type: z.literal('grant'), room: roomGrantSchema }),
  /** The server closes the socket after this. The client comes back by itself only if the reason may pass. */
  z.object({ type: z.literal('bye'), code: errorCodeSchema }),
  z.object({ type: z.literal('pong'), n: z.int(), atMs: z.int() }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
