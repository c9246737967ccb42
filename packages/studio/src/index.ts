export * from './commands.ts';
export * from './document.ts';
export * from './ids.ts';
export * from './reduce.ts';
