import type { Page } from '@playwright/test'
import { expect, expectSaved, paragraph, type Someone, share, test, text, writeAfter } from './log-people.ts'

const line = (page: Page) => page.getByRole('region', { name: 'Nytt siden sist' })
const marks = (page: Page, state: 'unread' | 'read') =>
  text(page).locator(`[data-news-key][data-news="${state}"]`)
const chip = (page: Page) => page.locator('.unread')

/** Reads everything there is, so that a journey begins with nothing new. */
async function readAll({ context }: Someone, url: string): Promise<void> {
  const { seq } = await (await context.request.get('/api/cases/logg-a/news')).json()
  const headers = { origin: url }
  const answer = await context.request.post('/api/cases/logg-a/read', { data: { seq }, headers })
  expect(answer.ok()).toBe(true)
}

const countOf = async ({ context }: Someone): Promise<number> =>
  (await (await context.request.get('/api/cases/logg-a/news')).json()).count

test('what others wrote while somebody was away: counted, marked, stepped through, read by being seen', async ({
  stage,
  enter,
}) => {
  const overview = await enter('silje')
  await readAll(overview, stage.url)
  await overview.page.goto('/')
  await expect(overview.page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
  await expect(chip(overview.page)).toHaveCount(0)

  const maren = await enter('maren')
  await writeAfter(maren.page, 'Hjemme sover han', ' Det er roligere nå.')
  await share(maren.page, 'Han lo i gangen i dag.')
  await expectSaved(maren.page)
  await expect(chip(overview.page)).toHaveText('2 nye')

  const silje = await enter('silje')
  await expect(line(silje.page)).toContainText(/2 nye siden sist|1 ny siden sist/)
  await expect(text(silje.page).locator('.news-new', { hasText: 'Det er roligere nå.' })).toBeVisible()
  // What is on the screen is read in a moment; the line far below is not.
  await expect(marks(silje.page, 'read')).toHaveCount(1)
  await expect(line(silje.page)).toContainText('1 ny siden sist')
  await expect(chip(overview.page)).toHaveText('1 ny')
  await expect(marks(silje.page, 'unread')).toHaveText(/Han lo i gangen i dag/)
  await expect(marks(silje.page, 'unread')).not.toBeInViewport()

  await silje.page.keyboard.press('F8')
  await expect(paragraph(silje.page, 'Han lo i gangen')).toBeInViewport()
  await expect(line(silje.page)).toContainText('2 av 2')
  await expect(
    silje.page.locator('[role="status"]', { hasText: '2 av 2: Maren skrev i loggen' }),
  ).toHaveCount(1)
  await expect(line(silje.page)).toContainText('Alt nytt er lest')
  await expect(chip(overview.page)).toHaveCount(0)

  await silje.page.reload()
  await expect(paragraph(silje.page, 'Hjemme sover han')).toBeVisible()
  await expect.poll(() => countOf(silje)).toBe(0)
  await expect(line(silje.page)).toHaveCount(0)
  await expect(marks(silje.page, 'unread')).toHaveCount(0)
})

test('what is deleted again is no news; what was known and is gone is told where it stood', async ({
  stage,
  enter,
}) => {
  const overview = await enter('silje')
  await readAll(overview, stage.url)
  await overview.page.goto('/')
  await expect(overview.page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
  const maren = await enter('maren')
  await share(maren.page, 'Skrevet i feil logg.')
  await expect(chip(overview.page)).toHaveText('1 ny')
  await paragraph(maren.page, 'Skrevet i feil logg.').click()
  await maren.page.keyboard.press('Control+z')
  await expect(paragraph(maren.page, 'Skrevet i feil logg.')).toHaveCount(0)
  await expect(chip(overview.page)).toHaveCount(0)

  await paragraph(maren.page, 'Kveldsrutinen holder').click({ clickCount: 3 })
  await maren.page.keyboard.press('Backspace')
  await maren.page.keyboard.press('Backspace')
  await expectSaved(maren.page)
  await expect(chip(overview.page)).toHaveText('1 ny')

  const silje = await enter('silje', { viewport: { width: 390, height: 844 }, hasTouch: true })
  await expect(line(silje.page)).toContainText('1 ny siden sist')
  await line(silje.page).getByRole('button', { name: 'Vis alle' }).click()
  await silje.page.getByRole('button', { name: /Maren tok bort/ }).click()
  const note = text(silje.page).locator('.news-gone')
  await expect(note).toBeInViewport()
  await expect(note.locator('del')).toHaveText('Kveldsrutinen holder. Han sovnet før ni i går.')
  await expect(line(silje.page)).toContainText('Alt nytt er lest')
  await expect.poll(() => countOf(silje)).toBe(0)
  await line(silje.page).getByRole('button', { name: 'Lukk linjen om nytt' }).click()
  await expect(note).toHaveCount(0)
})

test('another’s typing is news only where one does not look, and moves neither view nor caret', async ({
  stage,
  enter,
}) => {
  const silje = await enter('silje')
  await readAll(silje, stage.url)
  await silje.page.reload()
  await paragraph(silje.page, 'Hjemme sover han').click()
  const top = () =>
    paragraph(silje.page, 'Hjemme sover han').evaluate((p) => Math.round(p.getBoundingClientRect().top))
  const maren = await enter('maren')
  await writeAfter(maren.page, 'Hjemme sover han', ' Sett.')
  await expect(paragraph(silje.page, 'Hjemme sover han')).toContainText('Sett.')
  const before = await top()
  // Seen as it was written: read, and never marked.
  await expect.poll(() => countOf(silje)).toBe(0)
  await expect(text(silje.page).locator('[data-news-key]')).toHaveCount(0)

  await share(maren.page, 'Langt nede.')
  const button = silje.page.getByRole('button', { name: '1 ny siden sist' })
  await expect(button).toBeVisible()
  expect(await top()).toBe(before)
  await silje.page.keyboard.type(' Ja.')
  await expect(paragraph(silje.page, 'Hjemme sover han')).toContainText('Ja.')
  await button.click()
  await expect(paragraph(silje.page, 'Langt nede.')).toBeInViewport()
  await line(silje.page)
    .getByRole('button', { name: 'Merk som lest' })
    .or(line(silje.page).getByRole('button', { name: 'Lukk linjen om nytt' }))
    .click()
  await expect(line(silje.page)).toHaveCount(0)
  await expect.poll(() => countOf(silje)).toBe(0)
})
