export * from './catalogue.ts';
export * from './font-loader.ts';
export * from './font-stack.ts';
