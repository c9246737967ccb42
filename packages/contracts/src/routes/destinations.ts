import { z } from 'zod';
import { destinationIdSchema } from '../ids.ts';
import { defineRoute } from '../route.ts';
import { destinationViewSchema, titleSchema } from '../views.ts';

const usual = { max: 120, perSeconds: 60 };

/** Address and key of an RTMP server. Checked further on the server (scheme, private networks). */
export const rtmpUrlSchema = z.string().trim().min(1).max(1024);
export const streamKeySchema = z.string().max(1024);

export const destinationRoutes = {
  listDestinations: defineRoute({
    method: 'GET',
    path: '/destinations',
    summary: 'One’s saved destinations',
    policy: { kind: 'account' },
    limit: usual,
    params: null,
    query: null,
    body: null,
    response: { kind: 'json', schema: z.object({ destinations: z.array(destinationViewSchema) }) },
    errors: [],
  }),
  createDestination: defineRoute({
    method: 'POST',
    path: '/destinations',
    summary: 'Save a custom RTMP or RTMPS server; the key is stored encrypted and never returned',
    policy: { kind: 'account' },
    limit: { max: 60, perSeconds: 60 },
    params: null,
    query: null,
    body: { kind: 'json', schema: z.object({ name: titleSchema, url: rtmpUrlSchema, key: streamKeySchema }) },
    response: { kind: 'json', schema: destinationViewSchema },
    errors: ['url_invalid', 'target_private'],
  }),
  updateDestination: defineRoute({
    method: 'PATCH',
    path: '/destinations/:destinationId',
    summary: 'Change a destination; without a key the stored one stays',
    policy: { kind: 'account' },
    limit: usual,
    params: z.object({ destinationId: destinationIdSchema }),
    query: null,
    body: {
      kind: 'json',
      schema: z.object({
        name: titleSchema.optional(),
        url: rtmpUrlSchema.optional(),
        key: streamKeySchema.optional(),
      }),
    },
    response: { kind: 'json', schema: destinationViewSchema },
    errors: ['not_found', 'url_invalid', 'target_private'],
  }),
  deleteDestination: defineRoute({
    method: 'DELETE',
    path: '/destinations/:destinationId',
    summary: 'Forget a destination',
    policy: { kind: 'account' },
    limit: usual,
    params: z.object({ destinationId: destinationIdSchema }),
    query: null,
    body: null,
    response: { kind: 'empty' },
    errors: ['not_found', 'destination_in_use'],
  }),
  testDestination: defineRoute({
    method: 'POST',
    path: '/destinations/test',
    summary: 'Try a connection without going on air; a saved destination’s key is used when none is given',
    policy: { kind: 'account' },
    limit: { max: 20, perSeconds: 60 },
    params: null,
    query: null,
    body: {
      kind: 'json',
      schema: z.object({
        destinationId: destinationIdSchema.nullable().default(null),
        url: rtmpUrlSchema.optional(),
        key: streamKeySchema.optional(),
      }),
    },
    response: { kind: 'json', schema: z.object({ reachable: z.literal(true) }) },
    errors: [
      'not_found',
      'url_invalid',
      'target_private',
      'target_dns',
      'target_refused',
      'target_timeout',
      'target_tls',
      'target_handshake',
      'target_rejected',
      'target_closed',
    ],
  }),
};
