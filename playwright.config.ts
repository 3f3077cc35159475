/** End-to-end specs: real hosts, real Chromium, real SIP servers. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  // Two files at a time: they mostly wait, and each has ports, profiles and a Kamailio of its own.
  workers: 2,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  reporter: [['list']],
  outputDir: 'test-results',
  use: { actionTimeout: 15_000, navigationTimeout: 15_000, trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'node-host', testIgnore: 'desktop/*.spec.ts' },
    // The specs that are about the main job, through the built Electron main and preload; and what a desktop adds.
    { name: 'electron-stand-in', testMatch: ['practice.spec.ts', 'kamailio.spec.ts', 'second-call.spec.ts', 'desktop/*.spec.ts'] },
    // The same main job in the real runtime, wherever there is one; elsewhere each says that it did not run, and why.
    { name: 'electron', testMatch: ['practice.spec.ts', 'kamailio.spec.ts'] },
  ],
});
