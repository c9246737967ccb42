export * from './api.ts';
export { createStudioSession } from './create-session.ts';
export type * from './session.ts';
