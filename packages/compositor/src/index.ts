export * from './audio-mix.ts';
export * from './compositor.ts';
export { missingComposerFeatures } from './frame-paths/frame-path.ts';
export type * from './protocol.ts';
