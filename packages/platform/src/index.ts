export * from './livekit.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './seal.ts';
export * from './secret.ts';
