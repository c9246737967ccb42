export * from './backoff.ts';
export * from './failure.ts';
export * from './machine.ts';
export * from './reconcile.ts';
