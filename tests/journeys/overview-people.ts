import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
  test as plain,
} from '@playwright/test'
import { startProcess, type TestProcess } from '../support/server.ts'
import { tellCrashes } from './tell-crashes.ts'

type Someone = { page: Page; context: BrowserContext }

/** Tests with a whole Stafett of their own, and as many people as they ask for. */
export const test = plain.extend<{
  app: TestProcess
  arrive: (person: string, options?: BrowserContextOptions) => Promise<Someone>
}>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from this pattern
  app: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'stafett-journey-'))
    const app = await startProcess({ dataDir })
    await use(app)
    await app.end()
    rmSync(dataDir, { recursive: true, force: true })
  },
  arrive: async ({ app, browser }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (person, options = {}) => {
      const context = await browser.newContext({ baseURL: app.url, ...options })
      contexts.push(context)
      tellCrashes(context)
      const answer = await context.request.post('/api/demo/sign-in', {
        data: { person },
        headers: { origin: app.url },
      })
      expect(answer.ok()).toBe(true)
      const page = await context.newPage()
      await page.goto('/')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      return { page, context }
    })
    for (const context of contexts) await context.close()
  },
})

export const phone = { viewport: { width: 390, height: 844 } }
export const desktop = { viewport: { width: 1440, height: 900 } }

/** Nothing sticks out to the right: the page never scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const spare = await page.evaluate(
    () => document.documentElement.clientWidth - document.documentElement.scrollWidth,
  )
  expect(spare).toBe(0)
}

export { expect }
