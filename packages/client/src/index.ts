export * from './api.ts';
export type * from './session.ts';
