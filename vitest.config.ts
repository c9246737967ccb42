import { defineConfig } from 'vitest/config';

/**
 * unit: pure and quick, no server, part of `pnpm check`.
 * database: real PostgreSQL, started once for the suite.
 * media: real FFmpeg, nginx-rtmp, LiveKit, and Chromium where the client engine is tested; two files at once, which mostly wait.
 * sync: the same where it is judged how exactly sound and picture come together, or how many pictures; each has the machine for itself.
 * deep: what takes minutes (soak, wide random runs, long fuzzing); `npm run test:deep` only.
 * golden: pictures of the painter in real Chromium, compared with committed ones.
 */
export default defineConfig({
  oxc: { decorator: { legacy: true } },
  // As the frontend's tsconfig has it.
  resolve: { alias: { '@/': `${import.meta.dirname}/apps/frontend/src/` } },
  test: {
    // An event is waited for as long as the test may take: how busy the machine is says nothing about the product.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,packages,scripts}/**/*.test.ts'],
          exclude: ['**/*.{db,media,sync,golden,deep}.test.ts', '**/node_modules/**'],
          // They share nothing that a test changes; loading every module anew for each file takes longer than the tests.
          isolate: false,
          // Property tests take a second or two; a machine that does other things as well takes longer.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['{apps,packages}/**/*.db.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['packages/testkit/src/database-suite.ts'],
          fileParallelism: false,
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'media',
          include: ['{apps,packages}/**/*.media.test.ts'],
          exclude: ['**/node_modules/**'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'sync',
          include: ['{apps,packages}/**/*.sync.test.ts'],
          exclude: ['**/node_modules/**'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'deep',
          include: ['{apps,packages}/**/*.deep.test.ts'],
          exclude: ['**/node_modules/**'],
          fileParallelism: false,
          testTimeout: 1_800_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'golden',
          include: ['packages/*/goldens/*.golden.test.ts'],
          fileParallelism: false,
          // The browser paints the next picture while this process compares the one before.
          sequence: { concurrent: true },
          maxConcurrency: 3,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
