import './no-eval.ts';

export * from './commands.ts';
export * from './document.ts';
export * from './ids.ts';
export * from './layout/box.ts';
export * from './layout/layout.ts';
export * from './reduce.ts';
export * from './replay.ts';
export * from './selectors.ts';
