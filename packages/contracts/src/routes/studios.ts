import { displayNameSchema, personIdSchema, roleSchema, studioCommandSchema } from '@streamus/studio';
import { z } from 'zod';
import { connectionIdSchema, guestLinkIdSchema, studioIdSchema } from '../ids.ts';
import { defineRoute } from '../route.ts';
import { guestLinkViewSchema, roomGrantSchema, studioViewSchema, titleSchema } from '../views.ts';

const studioParams = z.object({ studioId: studioIdSchema });
const usual = { max: 120, perSeconds: 60 };

export const studioRoutes = {
  listStudios: defineRoute({
    method: 'GET',
    path: '/studios',
    summary: 'One’s own studios',
    policy: { kind: 'account' },
    limit: usual,
    params: null,
    query: null,
    body: null,
    response: { kind: 'json', schema: z.object({ studios: z.array(studioViewSchema) }) },
    errors: [],
  }),
  createStudio: defineRoute({
    method: 'POST',
    path: '/studios',
    summary: 'Create a studio',
    policy: { kind: 'account' },
    limit: { max: 20, perSeconds: 60 },
    params: null,
    query: null,
    body: { kind: 'json', schema: z.object({ name: titleSchema }) },
    response: { kind: 'json', schema: studioViewSchema },
    errors: [],
  }),
  getStudio: defineRoute({
    method: 'GET',
    path: '/studios/:studioId',
    summary: 'A studio one may enter, with one’s own role in it',
    policy: { kind: 'studio', action: 'enter-studio' },
    limit: usual,
    params: studioParams,
    query: null,
    body: null,
    response: { kind: 'json', schema: studioViewSchema.extend({ role: roleSchema, person: personIdSchema }) },
    errors: ['not_found'],
  }),
  sendCommand: defineRoute({
    method: 'POST',
    path: '/studios/:studioId/commands',
    summary: 'Run a studio command, the same ones the realtime socket takes',
    policy: { kind: 'studio', action: 'enter-studio' },
    limit: { max: 600, perSeconds: 60 },
    params: studioParams,
    query: null,
    body: { kind: 'json', schema: z.object({ id: z.uuid(), command: studioCommandSchema }) },
    response: { kind: 'json', schema: z.object({ seq: z.int() }) },
    errors: [
      'not_allowed',
      'unknown_person',
      'unknown_source',
      'not_on_stage',
      'already_on_stage',
      'stage_full',
      'programme_locked',
    ],
  }),
  claimComposer: defineRoute({
    method: 'POST',
    path: '/studios/:studioId/composer',
    summary: 'Take the composer lease for one realtime connection',
    policy: { kind: 'studio', action: 'compose' },
    limit: usual,
    params: studioParams,
    query: null,
    body: {
      kind: 'json',
      schema: z.object({
        connection: connectionIdSchema,
        takeOver: z.boolean(),
        /** Epoch this tab composes already: after a lost socket it goes on without a new one. */
        resumeEpoch: z.int().nullable().default(null),
      }),
    },
    response: { kind: 'json', schema: z.object({ epoch: z.int(), room: roomGrantSchema }) },
    errors: ['composer_elsewhere', 'not_found'],
  }),
  listGuestLinks: defineRoute({
    method: 'GET',
    path: '/studios/:studioId/guest-links',
    summary: 'Invitation links of a studio that still admit people',
    policy: { kind: 'studio', action: 'manage-guest-links' },
    limit: usual,
    params: studioParams,
    query: null,
    body: null,
    response: { kind: 'json', schema: z.object({ links: z.array(guestLinkViewSchema) }) },
    errors: [],
  }),
  createGuestLink: defineRoute({
    method: 'POST',
    path: '/studios/:studioId/guest-links',
    summary: 'Create an invitation link; one link admits many people',
    policy: { kind: 'studio', action: 'manage-guest-links' },
    limit: { max: 30, perSeconds: 60 },
    params: studioParams,
    query: null,
    body: {
      kind: 'json',
      schema: z.object({
        role: z.enum(['co-host', 'moderator', 'guest']).default('guest'),
        /** One hour to one year; a month unless told. */
        expiresInHours: z.int().min(1).max(8760).default(720),
        /** Withdraw the studio's other links of this role. */
        replace: z.boolean().default(false),
      }),
    },
    response: { kind: 'json', schema: z.object({ link: guestLinkViewSchema, path: z.string() }) },
    errors: [],
  }),
  revokeGuestLink: defineRoute({
    method: 'DELETE',
    path: '/studios/:studioId/guest-links/:linkId',
    summary: 'Withdraw an invitation link; people already inside stay',
    policy: { kind: 'studio', action: 'manage-guest-links' },
    limit: usual,
    params: z.object({ studioId: studioIdSchema, linkId: guestLinkIdSchema }),
    query: null,
    body: null,
    response: { kind: 'empty' },
    errors: ['not_found'],
  }),
  inspectGuestLink: defineRoute({
    method: 'POST',
    path: '/guest-links/inspect',
    summary: 'What an invitation link leads to, before entering',
    policy: { kind: 'public' },
    limit: { max: 60, perSeconds: 60 },
    params: null,
    query: null,
    body: { kind: 'json', schema: z.object({ link: z.string().max(512) }) },
    response: {
      kind: 'json',
      schema: z.object({
        studioId: studioIdSchema,
        studioName: z.string(),
        role: roleSchema,
        hostName: z.string(),
      }),
    },
    errors: ['link_invalid', 'link_expired', 'link_revoked'],
  }),
  enterByLink: defineRoute({
    method: 'POST',
    path: '/guest-links/enter',
    summary: 'Enter a studio as a guest without an account',
    policy: { kind: 'public' },
    limit: { max: 30, perSeconds: 60 },
    params: null,
    query: null,
    body: {
      kind: 'json',
      schema: z.object({
        link: z.string().max(512),
        name: displayNameSchema,
        /** Token of an earlier visit: the guest keeps seat and name. */
        guestToken: z.string().max(2048).nullable().default(null),
      }),
    },
    response: {
      kind: 'json',
      schema: z.object({
        studioId: studioIdSchema,
        person: personIdSchema,
        role: roleSchema,
        guestToken: z.string(),
      }),
    },
    errors: ['link_invalid', 'link_expired', 'link_revoked', 'studio_full', 'removed_from_studio'],
  }),
};
