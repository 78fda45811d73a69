import { defineConfig } from 'playwright/test';
import { BROWSER_ARGS, browserPath } from './support/chromium';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results/browser',
  globalSetup: './support/global-setup.ts',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 40_000 },
  reporter: [['list'], ['json', { outputFile: '../test-results/browser.json' }]],
  use: {
    launchOptions: { executablePath: await browserPath(), args: BROWSER_ARGS },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    // As long as expectations: a control that is not there is told, not waited for until the test's end.
    actionTimeout: 40_000,
    viewport: { width: 1280, height: 800 },
  },
});
