import { defineConfig } from '@playwright/test'
import { chromiumFlags, systemChromium } from './chromium.mjs'

const executablePath = systemChromium()

/** Browser journeys. No web server here: every spec starts a real Stafett of its own through tests/support. */
export default defineConfig({
  testDir: './journeys',
  testMatch: '**/*.spec.ts',
  outputDir: './output/journeys',
  // No traces: recording eight pages costs more than the pages themselves. One journey at a time: eight browsers and
  // a server are all that two cores can carry.
  workers: 1,
  // Bounds for a machine that is busy with other work: how long to wait is never what a test is about.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: './output/playwright.json' }]],
  use: {
    browserName: 'chromium',
    locale: 'nb-NO',
    timezoneId: 'Europe/Oslo',
    screenshot: 'only-on-failure',
    launchOptions: { args: chromiumFlags, ...(executablePath ? { executablePath } : {}) },
  },
})
