export * from './livekit.ts';
export * from './logger.ts';
export * from './objects.ts';
export * from './seal.ts';
export * from './secret.ts';
