import { z } from 'zod';
import { recordingIdSchema } from '../ids.ts';
import { defineRoute } from '../route.ts';
import { recordingViewSchema, titleSchema } from '../views.ts';

const usual = { max: 120, perSeconds: 60 };
const recordingParams = z.object({ recordingId: recordingIdSchema });

export const recordingRoutes = {
  listRecordings: defineRoute({
    method: 'GET',
    path: '/recordings',
    summary: 'One’s recordings, newest first',
    policy: { kind: 'account' },
    limit: usual,
    params: null,
    query: null,
    body: null,
    response: { kind: 'json', schema: z.object({ recordings: z.array(recordingViewSchema) }) },
    errors: [],
  }),
  renameRecording: defineRoute({
    method: 'PATCH',
    path: '/recordings/:recordingId',
    summary: 'Rename a recording',
    policy: { kind: 'account' },
    limit: usual,
    params: recordingParams,
    query: null,
    body: { kind: 'json', schema: z.object({ title: titleSchema }) },
    response: { kind: 'json', schema: recordingViewSchema },
    errors: ['not_found'],
  }),
  deleteRecording: defineRoute({
    method: 'DELETE',
    path: '/recordings/:recordingId',
    summary: 'Delete a recording; it can be restored for a day, then all its files go',
    policy: { kind: 'account' },
    limit: usual,
    params: recordingParams,
    query: null,
    body: null,
    response: { kind: 'empty' },
    errors: ['not_found'],
  }),
  restoreRecording: defineRoute({
    method: 'POST',
    path: '/recordings/:recordingId/restore',
    summary: 'Undo the deletion of a recording',
    policy: { kind: 'account' },
    limit: usual,
    params: recordingParams,
    query: null,
    body: null,
    response: { kind: 'json', schema: recordingViewSchema },
    errors: ['not_found'],
  }),
  recordingFile: defineRoute({
    method: 'GET',
    path: '/recordings/:recordingId/file',
    summary: 'The MP4, or (part=1 and so on) a part of it, to play or (download=1) to keep',
    policy: { kind: 'account' },
    limit: { max: 600, perSeconds: 60 },
    params: recordingParams,
    query: z.object({
      download: z.enum(['0', '1']).default('0'),
      part: z.coerce.number().int().min(1).optional(),
    }),
    body: null,
    response: { kind: 'file', contentType: 'video/mp4' },
    errors: ['not_found', 'recording_not_ready'],
  }),
  recordingThumbnail: defineRoute({
    method: 'GET',
    path: '/recordings/:recordingId/thumbnail',
    summary: 'A small picture of the recording',
    policy: { kind: 'account' },
    limit: { max: 600, perSeconds: 60 },
    params: recordingParams,
    query: null,
    body: null,
    response: { kind: 'file', contentType: 'image/jpeg' },
    errors: ['not_found'],
  }),
};

export const systemRoutes = {
  health: defineRoute({
    method: 'GET',
    path: '/health',
    summary: 'Whether this server is up and reaches its database and room server',
    policy: { kind: 'public' },
    limit: { max: 600, perSeconds: 60 },
    params: null,
    query: null,
    body: null,
    response: {
      kind: 'json',
      schema: z.object({ ok: z.boolean(), database: z.boolean(), room: z.boolean() }),
    },
    errors: [],
  }),
};
