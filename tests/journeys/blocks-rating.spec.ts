import { expect, type Locator, type Page, test } from '@playwright/test'
import { startApp, type TestApp } from '../support/server.ts'
import { expectAccessible } from './accessible.ts'
import { goalOf, logOf, openLog } from './blocks-log.ts'

// Several axe runs and several browsers at once take their time on a small machine.
test.setTimeout(180_000)

let app: TestApp
test.beforeEach(async () => {
  app = await startApp()
})
test.afterEach(async () => {
  await app.stop()
})

const jonas = (page: Page) => goalOf(page, /^Jonas er på skolen/)
const step = (page: Page, sign: string, service: string) =>
  jonas(page).getByRole('button', {
    name: new RegExp(`^${sign.replace('+', '\\+')} .*Vurder for ${service}`),
  })

// Pages that stay open go on working, and slow down whatever comes after them.
test.afterEach(async ({ browser }) => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})
test('[BL2] two people rate one goal at once and both stay, side by side', async ({ browser }) => {
  const maren = await openLog(browser, app, 'maren')
  const silje = await openLog(browser, app, 'silje')
  await maren.context().setOffline(true)
  await Promise.all([step(maren, '+1', 'Skole').click(), step(silje, '0', 'Skolehelse').click()])
  await maren.context().setOffline(false)
  for (const page of [maren, silje]) {
    await expect(step(page, '+1', '')).toHaveAccessibleName(/Skole ser det her/)
    await expect(step(page, '0', '')).toHaveAccessibleName(/Skolehelse ser det her/)
    await expect(jonas(page).locator('.evaluation')).toHaveCount(4)
  }
})

test('a second tap corrects the first, a line joins it, and undo takes it back', async ({ browser }) => {
  const page = await openLog(browser, app, 'maren')
  const reader = await openLog(browser, app, 'camilla')
  await step(page, '0', 'Skole').click()
  await step(page, '+1', 'Skole').click()
  await expect(jonas(reader).locator('.evaluation')).toHaveCount(3)
  await jonas(page).getByLabel('Hva ser du? Én linje holder').fill('Fire dager denne uka')
  await page.keyboard.press('Enter')
  await expect(jonas(reader).locator('.evaluation').last()).toContainText('Fire dager denne uka')
  await expect(jonas(reader).locator('.evaluation').last()).toContainText('Maren')

  await step(page, '+2', 'Skole').click()
  await expect(step(page, '+2', 'Skole')).toHaveAttribute('aria-pressed', 'true')
  await jonas(page).getByRole('button', { name: 'Angre' }).click()
  await expect(step(page, '+1', 'Skole')).toHaveAttribute('aria-pressed', 'true')
})

test('a guardian rates through the server, and else can only comment', async ({ browser }) => {
  const guardian = await openLog(browser, app, 'camilla', { viewport: { width: 390, height: 844 } })
  const reader = await openLog(browser, app, 'maren')
  await expect(logOf(guardian)).toHaveAttribute('contenteditable', 'false')
  for (const name of ['Tiltak', /^Status/, /^Ansvarlig/]) {
    await expect(logOf(guardian).getByRole('button', { name })).toHaveCount(0)
  }
  // What is left of a block's menu is to speak of it.
  await logOf(guardian).getByRole('button', { name: 'Mer om mål 1' }).click()
  await expect(guardian.getByRole('menuitem')).toHaveText(['Kommenter'])
  await guardian.keyboard.press('Escape')
  const least = jonas(guardian).getByRole('button', { name: /^−1 / })
  await least.click()
  await expect(jonas(reader).locator('.evaluation')).toHaveCount(3)
  await jonas(guardian).getByRole('button', { name: 'Angre' }).click()
  await expect(jonas(reader).locator('.evaluation')).toHaveCount(2)
  await expect(least).toHaveAttribute('aria-pressed', 'false')
  await least.click()
  await jonas(guardian).getByLabel('Hva ser du? Én linje holder').fill('Lettere om morgenen')
  await guardian.keyboard.press('Enter')
  await expect(jonas(reader).locator('.evaluation').last()).toContainText('Lettere om morgenen')
  await expect(jonas(reader).locator('.evaluation').last()).toContainText('Camilla')
  await expectAccessible(guardian, '.log-text', '.log-text')
})

test('nothing goes underway without a service and a person; both are asked for in place', async ({
  browser,
}) => {
  const page = await openLog(browser, app, 'maren')
  await jonas(page)
    .getByRole('button', { name: /^Nytt tiltak/ })
    .click()
  await page.keyboard.type('egen inngang')
  const measure = jonas(page).locator('.measure').last()
  await measure.getByRole('button', { name: /^Ansvarlig/ }).click()
  await page.getByRole('menuitemradio', { name: /Hjemme/ }).click()
  await measure.getByRole('button', { name: 'Status: Planlagt' }).click()
  await page.getByRole('menuitemradio', { name: 'I gang' }).click()
  await expect(measure.getByRole('button', { name: 'Status: I gang' })).toBeVisible()

  // Measures that came without anybody, as from a paste.
  await page.keyboard.press('Escape')
  await logOf(page).evaluate((log) => {
    const data = new DataTransfer()
    const measures = ['uten noen', 'glemt igjen'].map((text) => `<p data-block="measure">${text}</p>`)
    data.setData('text/html', `<div data-pm-slice="0 0 []">${measures.join('')}</div>`)
    log.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  const toUnderway = async (one: Locator) => {
    await one.getByRole('button', { name: 'Status: Planlagt' }).click()
    await page.getByRole('menuitemradio', { name: 'I gang' }).click()
    await expect(page.getByText('Et tiltak som er i gang, har en tjeneste og en person.')).toBeVisible()
  }
  const lonely = logOf(page).locator('.measure').filter({ hasText: 'uten noen' })
  await toUnderway(lonely)
  await page.getByRole('menuitemradio', { name: /Silje Nordhagen/ }).click()
  await expect(lonely.getByRole('button', { name: 'Status: I gang' })).toBeVisible()
  await expect(lonely.getByRole('button', { name: 'Ansvarlig: Silje Nordhagen' })).toBeVisible()

  // Whoever closes the menu without a choice has let it be; who does it can be said later.
  const left = logOf(page).locator('.measure').filter({ hasText: 'glemt igjen' })
  await toUnderway(left)
  await page.keyboard.press('Escape')
  await left.getByRole('button', { name: /^Ansvarlig/ }).click()
  await page.getByRole('menuitemradio', { name: /Silje Nordhagen/ }).click()
  await expect(left.getByRole('button', { name: 'Ansvarlig: Silje Nordhagen' })).toBeVisible()
  await expect(left.getByRole('button', { name: 'Status: Planlagt' })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`menus and dialogs are accessible at ${viewport.width} px, ${colorScheme}`, async ({ browser }) => {
      const page = await openLog(browser, app, 'maren', { colorScheme, viewport })
      await expectAccessible(page, '.log-text', '.log-text')
      await jonas(page)
        .getByRole('button', { name: /^Status: / })
        .first()
        .click()
      await expectAccessible(page, '.menu:popover-open', '.menu:popover-open')
      await page.keyboard.press('Escape')
      await jonas(page).getByRole('button', { name: 'Mer om mål 1' }).click()
      await expectAccessible(page, '.menu:popover-open', '.menu:popover-open')
      await page.getByRole('menuitem', { name: 'Dato, eiere og trinn' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectAccessible(page, 'dialog[open]', 'dialog[open]')
      await page.keyboard.press('Escape')
      await logOf(page).focus()
      await page.keyboard.press('Control+End')
      await page.keyboard.type(' /')
      await expect(page.getByRole('listbox')).toBeVisible()
      await expectAccessible(page, '.suggest', '.suggest')
    })
  }
}
