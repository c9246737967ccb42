import { z } from 'zod';
import { recordingIdSchema, studioIdSchema } from '../ids.ts';
import { defineRoute } from '../route.ts';
import { brandAssetViewSchema, recordingViewSchema, titleSchema } from '../views.ts';

const usual = { max: 120, perSeconds: 60 };
const recordingParams = z.object({ recordingId: recordingIdSchema });

/** Bytes; larger uploads are refused before they are read (errors: image_too_large). */
export const IMAGE_MAX_BYTES = 20 * 1024 * 1024;

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

export const brandRoutes = {
  listBrandAssets: defineRoute({
    method: 'GET',
    path: '/studios/:studioId/brand-assets',
    summary: 'Logos and backgrounds of a studio',
    policy: { kind: 'studio', action: 'enter-studio' },
    limit: usual,
    params: z.object({ studioId: studioIdSchema }),
    query: null,
    body: null,
    response: { kind: 'json', schema: z.object({ assets: z.array(brandAssetViewSchema) }) },
    errors: [],
  }),
  uploadBrandAsset: defineRoute({
    method: 'POST',
    path: '/studios/:studioId/brand-assets',
    summary: 'Upload an image; it is checked by content and re-encoded',
    policy: { kind: 'studio', action: 'set-logo' },
    limit: { max: 30, perSeconds: 60 },
    params: z.object({ studioId: studioIdSchema }),
    query: z.object({ type: z.enum(['logo', 'background']), name: z.string().trim().min(1).max(200) }),
    body: { kind: 'binary', maxBytes: IMAGE_MAX_BYTES },
    response: { kind: 'json', schema: brandAssetViewSchema },
    errors: ['image_unreadable', 'image_too_large'],
  }),
  deleteBrandAsset: defineRoute({
    method: 'DELETE',
    path: '/studios/:studioId/brand-assets/:assetId',
    summary: 'Delete an image',
    policy: { kind: 'studio', action: 'set-logo' },
    limit: usual,
    params: z.object({ studioId: studioIdSchema, assetId: z.uuid() }),
    query: null,
    body: null,
    response: { kind: 'empty' },
    errors: ['not_found'],
  }),
  brandAssetFile: defineRoute({
    method: 'GET',
    path: '/brand-assets/:assetId/file',
    summary: 'The image itself; its address cannot be guessed',
    policy: { kind: 'public' },
    limit: { max: 600, perSeconds: 60 },
    params: z.object({ assetId: z.uuid() }),
    query: null,
    body: null,
    response: { kind: 'file', contentType: 'image/png' },
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
