import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
  test as plain,
} from '@playwright/test'
import { startProcess, type TestProcess } from '../support/server.ts'
import { tellCrashes } from './tell-crashes.ts'

export type Someone = { page: Page; context: BrowserContext }

/** A real server process that a journey may end and start again on the same port and folder. */
export type Stage = {
  readonly url: string
  server(): TestProcess
  end(signal?: NodeJS.Signals): Promise<void>
  start(): Promise<void>
}

/** Signs somebody in and opens a log for them in a browser of their own. */
export type Enter = (person: string, options?: BrowserContextOptions, log?: string) => Promise<Someone>

/** Tests with a Stafett of their own, and as many people in its logs as they ask for. */
export const test = plain.extend<{
  stage: Stage
  enter: Enter
}>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from this pattern
  stage: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'stafett-log-'))
    let server = await startProcess({ dataDir })
    const { url, port } = server
    await use({
      url,
      server: () => server,
      end: async (signal) => {
        await server.end(signal)
      },
      start: async () => {
        server = await startProcess({ dataDir, port })
      },
    })
    await server.end()
    rmSync(dataDir, { recursive: true, force: true })
  },
  enter: async ({ stage, browser }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (person, options = {}, log = 'logg-a') => {
      const context = await browser.newContext({
        baseURL: stage.url,
        viewport: { width: 1440, height: 900 },
        ...options,
      })
      contexts.push(context)
      tellCrashes(context)
      const headers = { origin: stage.url }
      const answer = await context.request.post('/api/demo/sign-in', { data: { person }, headers })
      expect(answer.ok()).toBe(true)
      const page = await context.newPage()
      await page.goto(`/logg/${log}`)
      await expect(text(page).locator('> *').first()).toBeVisible({ timeout: 120_000 })
      return { page, context }
    })
    for (const context of contexts) await context.close()
  },
})

/** The text of the log, for those who write in it and for those who read it. */
export const text = (page: Page): Locator => page.locator('.log-text')
export const composer = (page: Page): Locator =>
  page.getByRole('textbox', { name: 'Skriv en linje i loggen' })
export const status = (page: Page): Locator => page.locator('.save-status')

/** One paragraph by some of its words. */
export const paragraph = (page: Page, words: string | RegExp): Locator =>
  text(page).locator('> p').filter({ hasText: words })

/** Writes at the end of a paragraph, as a person would: click, End, type. */
export async function writeAfter(page: Page, words: string, more: string): Promise<void> {
  await paragraph(page, words).click()
  await page.keyboard.press('End')
  await page.keyboard.type(more)
}

/** Shares a line by the composer. */
export async function share(page: Page, line: string): Promise<void> {
  await composer(page).click()
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
}

/** The log as the editor holds it. */
export const content = (page: Page): Promise<string> =>
  text(page).evaluate((dom) => {
    const editor: { getJSON(): unknown } = Reflect.get(dom, 'editor')
    return JSON.stringify(editor.getJSON())
  })

/** All of them hold one and the same log, every word of it. */
export async function expectEqual(people: readonly Someone[], ...words: string[]): Promise<void> {
  await expect(async () => {
    const contents = await Promise.all(people.map(({ page }) => content(page)))
    expect(new Set(contents).size).toBe(1)
    for (const word of words) expect(contents[0]).toContain(word)
  }).toPass({ timeout: 60_000 })
}

export const expectSaved = (page: Page): Promise<void> =>
  expect(status(page)).toHaveAttribute('data-kind', /^(saved|back)$/, { timeout: 60_000 })

export { expect }
