import { type Browser, type BrowserContextOptions, expect, type Locator, type Page } from '@playwright/test'
import type { TestApp } from '../support/server.ts'

/** Opens Jonas' log as one of the demo's people, in a browser of their own. */
export async function openLog(
  browser: Browser,
  { url }: TestApp,
  person: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  await context.request.post('/api/demo/sign-in', { data: { person }, headers: { origin: url } })
  const page = await context.newPage()
  await page.goto('/logg/logg-a')
  await expect(logOf(page).getByText('18 % fravær')).toBeVisible({ timeout: 30_000 })
  return page
}

/** The text of the log: a textbox for who may write, an article for who may read. */
export const logOf = (page: Page): Locator =>
  page.getByRole('textbox', { name: /^Loggen om/ }).or(page.getByRole('article', { name: /^Loggen om/ }))

/** The goal with this title. */
export const goalOf = (page: Page, title: string | RegExp): Locator =>
  logOf(page)
    .getByRole('group', { name: /^Mål \d+$/ })
    .filter({ has: page.getByRole('heading', { name: title }) })

/** An empty line at the end of the log, by keyboard: the first Enter in a block's last line, the second one leaves it. */
export async function newLine(page: Page): Promise<void> {
  await logOf(page).focus()
  await page.keyboard.press('Control+End')
  // The browser moves the caret; the editor learns of it in the next frame.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
}

/** The number that a goal shows. */
export const numberIn = (within: Locator): Locator => within.locator('.goal-number')
