export * from './audio-mix.ts';
export * from './compositor.ts';
export * from './frame-path.ts';
export type * from './protocol.ts';
