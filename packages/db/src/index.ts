export * from './listen.ts';
export * from './migrate.ts';
export * from './open-database.ts';
export type * from './tables.ts';
