export * from './flash-and-beep.ts';
export * from './pattern.ts';
export * from './read-clock.ts';
