import { expect, test } from '@playwright/test'
import { startApp, type TestApp } from '../support/server.ts'
import { goalOf, logOf, newLine, numberIn, openLog } from './blocks-log.ts'

// Several browsers at once take their time on a small machine.
test.setTimeout(180_000)

let app: TestApp
test.beforeEach(async () => {
  app = await startApp()
})
test.afterEach(async () => {
  await app.stop()
})

// Pages that stay open go on working, and slow down whatever comes after them.
test.afterEach(async ({ browser }) => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})
test('a goal with measures, their people, and out again, by keyboard alone', async ({ browser }) => {
  const page = await openLog(browser, app, 'maren')
  const colleague = await openLog(browser, app, 'silje')
  await newLine(page)
  await page.keyboard.type('/goal')
  await expect(page.getByRole('option', { name: 'Mål', selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Jonas leser høyt én gang i uka')
  await page.keyboard.press('Enter')
  await page.keyboard.type('øver hjemme på mandager @cam')
  await expect(page.getByRole('option', { name: /Camilla Bergset/, selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('velger tekst selv')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Etter målet')

  for (const reader of [page, colleague]) {
    const goal = goalOf(reader, 'Jonas leser høyt')
    await expect(numberIn(goal)).toHaveText('Mål 2')
    const measures = goal.locator('.measure')
    await expect(measures).toHaveCount(2)
    await expect(measures.nth(0)).toContainText('øver hjemme på mandager')
    await expect(measures.nth(0)).not.toContainText('@')
    await expect(measures.nth(0).getByRole('button', { name: 'Ansvarlig: Camilla Bergset' })).toBeVisible()
    await expect(measures.nth(0).getByRole('button', { name: /^Tjeneste: Foresatte/ })).toBeVisible()
    await expect(measures.nth(1).getByRole('button', { name: 'Ansvarlig: Maren Solbakken' })).toBeVisible()
    await expect(logOf(reader).locator('> p').last()).toContainText('Etter målet')
  }
})

test('Backspace on an empty measure removes it, and the whole empty goal from its title', async ({
  browser,
}) => {
  const page = await openLog(browser, app, 'maren')
  await newLine(page)
  await page.keyboard.type('/mål')
  await page.keyboard.press('Enter')
  await expect(numberIn(logOf(page))).toHaveText(['Mål 1', 'Mål 2'])
  await page.keyboard.press('Enter')
  await page.keyboard.press('Backspace')
  await expect(logOf(page).locator('.goal').nth(1).locator('.measure')).toHaveCount(0)
  await page.keyboard.press('Backspace')
  await expect(numberIn(logOf(page))).toHaveText(['Mål 1'])
  await page.keyboard.type('Bare en linje')
  await expect(logOf(page).locator('> p').last()).toContainText('Bare en linje')
})

test('the menu of blocks is a listbox: arrows, words in two languages, Escape, and text that only looks like it', async ({
  browser,
}) => {
  const page = await openLog(browser, app, 'maren')
  const log = logOf(page)
  await newLine(page)
  await page.keyboard.type('/')
  const list = page.getByRole('listbox', { name: 'Sett inn' })
  await expect(list.getByRole('option', { name: 'Mål Med tiltak' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  const measure = list.getByRole('option', { name: /^Tiltak/ })
  await expect(measure).toHaveAttribute('aria-selected', 'true')
  expect(await log.getAttribute('aria-activedescendant')).toBe(await measure.getAttribute('id'))
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(list.getByRole('option').last()).toHaveAttribute('aria-selected', 'true')

  await page.keyboard.type('agreement')
  await expect(list.getByRole('option')).toHaveText([/^Avtale/])
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  expect(await log.getAttribute('aria-activedescendant')).toBeNull()
  await page.keyboard.press('Enter')
  await page.keyboard.type('og/eller')
  await expect(list).toBeHidden()
  await expect(log.locator('> p').last()).toContainText('og/eller')
})

test('what a colleague writes meanwhile neither closes my menu nor opens one', async ({ browser }) => {
  const page = await openLog(browser, app, 'maren')
  const colleague = await openLog(browser, app, 'silje')
  await newLine(page)
  await page.keyboard.type('/til')
  await expect(page.getByRole('listbox')).toBeVisible()
  await newLine(colleague)
  await colleague.keyboard.type('Imens skriver Silje /mål')
  await expect(logOf(page)).toContainText('Imens skriver Silje /mål')
  await expect(page.getByRole('option', { selected: true })).toHaveText(/^Tiltak/)
  await page.keyboard.press('Enter')
  await page.keyboard.type('følge til gymsalen')
  await expect(logOf(colleague).locator('.measure').last()).toContainText('følge til gymsalen')
})

test('a measure goes from goal to goal by keyboard, said aloud, and by dragging', async ({ browser }) => {
  const page = await openLog(browser, app, 'maren')
  await newLine(page)
  await page.keyboard.type('/mål')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Andre mål')
  const first = goalOf(page, /^Jonas er på skolen/)
  const second = goalOf(page, 'Andre mål')
  await second.scrollIntoViewIfNeeded()

  // Dragging, from the grip beside the measure.
  await page.setViewportSize({ width: 1440, height: 2600 })
  await first.locator('.measure').nth(1).hover()
  const grip = page.locator('.drag-handle')
  await expect(grip).toBeVisible()
  await grip.hover()
  await page.mouse.down()
  const title = await second.getByRole('heading', { name: 'Andre mål' }).boundingBox()
  if (!title) throw new Error('the second goal is not on the screen')
  await page.mouse.move(title.x + 200, title.y - 60, { steps: 5 })
  await page.mouse.move(title.x + 200, title.y + title.height - 3, { steps: 5 })
  await page.mouse.up()
  await expect(second.locator('.measure')).toContainText(['ukentlig samtale'])
  await expect(first.locator('.measure')).toHaveCount(3)

  // The same by keyboard, upwards: back past everything between the goals.
  await second.locator('.measure-text').click()
  for (let press = 0; press < 40 && (await first.locator('.measure').count()) < 4; press += 1) {
    await page.keyboard.press('Alt+Shift+ArrowUp')
  }
  await expect(first.locator('.measure')).toHaveCount(4)
  await expect(page.getByRole('status').filter({ hasText: 'Mål 1.' })).toContainText('Flyttet tiltaket')
})
