import { defineConfig } from 'vitest/config';

/** Golden pictures need a real browser; they run by themselves, not with the unit tests. */
export default defineConfig({
  test: { name: 'golden', include: ['goldens/*.golden.test.ts'], testTimeout: 30_000 },
});
