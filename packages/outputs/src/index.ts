export * from './admission.ts';
export * from './backoff.ts';
export * from './confidence.ts';
export * from './failure.ts';
export * from './happenings.ts';
export * from './machine.ts';
export * from './reconcile.ts';
