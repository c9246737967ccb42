import { z } from 'zod';
import { defineRoute } from '../route.ts';
import { userViewSchema } from '../views.ts';

export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());
export const usernameSchema = z
  .string()
  .trim()
  .regex(/^[a-zA-Z0-9_.-]{3,32}$/);
/** bcrypt reads 72 bytes; longer passwords are refused rather than cut in silence. */
export const passwordSchema = z.string().min(1).max(72);

const session = z.object({ user: userViewSchema });

export const authRoutes = {
  register: defineRoute({
    method: 'POST',
    path: '/auth/register',
    summary: 'Create an account with its first studio and sign in',
    policy: { kind: 'public' },
    limit: { max: 10, perSeconds: 60 },
    params: null,
    query: null,
    body: {
      kind: 'json',
      schema: z.object({ email: emailSchema, username: usernameSchema, password: passwordSchema }),
    },
    response: { kind: 'json', schema: session.extend({ studioId: z.uuid() }) },
    errors: ['account_taken', 'weak_password', 'registration_closed'],
  }),
  login: defineRoute({
    method: 'POST',
    path: '/auth/login',
    summary: 'Sign in with e-mail or username',
    policy: { kind: 'public' },
    limit: { max: 10, perSeconds: 60 },
    params: null,
    query: null,
    body: {
      kind: 'json',
      schema: z.object({ login: z.string().trim().min(1).max(254), password: passwordSchema }),
    },
    response: { kind: 'json', schema: session },
    errors: ['wrong_credentials'],
  }),
  refresh: defineRoute({
    method: 'POST',
    path: '/auth/refresh',
    summary: 'Trade the refresh cookie for a new pair; a reused one ends its whole family',
    policy: { kind: 'refresh' },
    limit: { max: 60, perSeconds: 60 },
    params: null,
    query: null,
    body: null,
    response: { kind: 'json', schema: session },
    errors: ['session_expired'],
  }),
  logout: defineRoute({
    method: 'POST',
    path: '/auth/logout',
    summary: 'End this session',
    policy: { kind: 'public' },
    limit: { max: 60, perSeconds: 60 },
    params: null,
    query: null,
    body: null,
    response: { kind: 'empty' },
    errors: [],
  }),
  me: defineRoute({
    method: 'GET',
    path: '/auth/me',
    summary: 'Who is signed in',
    policy: { kind: 'account' },
    limit: { max: 240, perSeconds: 60 },
    params: null,
    query: null,
    body: null,
    response: { kind: 'json', schema: session },
    errors: [],
  }),
};
