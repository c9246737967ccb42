import { defineConfig } from '@playwright/test';

export default defineConfig({
  globalSetup: './support/start-product.ts',
  // One product and two cores: the tests share the studio machine and must not starve one another.
  workers: 1,
  // What the screens do; what arrives where a show goes, and what becomes of it; and what takes too long for every change.
  projects: [
    { name: 'screens', testDir: './screens' },
    { name: 'shows', testDir: './shows' },
    { name: 'deep', testDir: './deep' },
  ],
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: process.env.E2E_REPORT ? [['list'], ['json', { outputFile: process.env.E2E_REPORT }]] : 'list',
  outputDir: '../test-results',
  use: {
    viewport: { width: 1280, height: 720 },
    screenshot: 'only-on-failure',
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--disable-background-networking'],
    },
  },
});
