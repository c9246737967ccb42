// First: it turns off zod's probing for `new Function`, which a strict policy reports, before any schema is made.
import '@streamus/studio';

export * from './brand.ts';
export * from './channels.ts';
export * from './command-pace.ts';
export * from './errors.ts';
export * from './health.ts';
export * from './ids.ts';
export * from './object-keys.ts';
export * from './openapi.ts';
export * from './policy.ts';
export * from './realtime.ts';
export * from './route.ts';
export * from './routes/all.ts';
export { emailSchema, passwordSchema, usernameSchema } from './routes/auth.ts';
export * from './stream-events.ts';
export * from './views.ts';
