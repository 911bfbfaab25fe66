import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { desktop, expect, phone, test } from './overview-people.ts'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
  expect.soft(found, where).toEqual([])
  expect.soft(await invisibleWords(page), `${where}: words as dark as their ground`).toEqual([])
}

/** What axe once overlooked: a button whose words have the colour of the button. */
const invisibleWords = (page: Page) =>
  page.locator('button:visible, a:visible').evaluateAll((all) =>
    all
      .filter((one) => one.textContent?.trim())
      .filter((one) => {
        const { color, backgroundColor } = getComputedStyle(one)
        return color === backgroundColor
      })
      .map((one) => one.textContent?.trim()),
  )

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, size] of Object.entries({ desktop, phone })) {
    const looks = { ...size, colorScheme, reducedMotion: 'reduce' as const }

    test.describe(`${name}, ${colorScheme}`, () => {
      test('sign-in, overview and what opens there', async ({ app, arrive, browser }) => {
        const context = await browser.newContext({ baseURL: app.url, ...looks })
        const outside = await context.newPage()
        await outside.goto('/')
        await expect(outside.getByRole('button', { name: /Maren Solbakken/ })).toBeVisible()
        await expectAccessible(outside, 'sign-in')
        await outside.getByRole('button', { name: /Språk/ }).click()
        await expect(outside.getByRole('menu')).toBeVisible()
        await expectAccessible(outside, 'sign-in, menu open')
        await context.close()

        const { page } = await arrive('maren', looks)
        await expect(page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
        await expectAccessible(page, 'overview')
        await page.getByRole('button', { name: /Meny/ }).click()
        await expect(page.getByRole('menu')).toBeVisible()
        await expectAccessible(page, 'overview, your menu open')
        await page.keyboard.press('Escape')
        await page.keyboard.press('Control+k')
        await page.keyboard.type('jonas')
        await expect(page.getByRole('option').first()).toBeVisible()
        await page.keyboard.press('ArrowDown')
        await expectAccessible(page, 'overview, search open')
        await page.keyboard.press('Escape')
        await page.keyboard.press('Escape')
        await page.getByRole('button', { name: 'Skjul navn' }).click()
        await expectAccessible(page, 'overview, names hidden')
        await page.goto('/finnes/ikke')
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectAccessible(page, 'no such page')
      })

      test('empty, failed and loading overview', async ({ arrive }) => {
        const { page } = await arrive('bodil', looks)
        await expect(page.getByRole('heading', { name: 'Ingen saker ennå' })).toBeVisible()
        await expectAccessible(page, 'empty overview')
        await page.route('**/api/cases', (route) =>
          route.fulfill({ status: 503, json: { error: { code: 'notStored' } } }),
        )
        await page.reload()
        await expect(page.locator('[aria-busy="true"]')).toBeVisible()
        await expectAccessible(page, 'loading overview')
        await expect(page.getByRole('alert')).toBeVisible()
        await expectAccessible(page, 'failed overview')
      })

      test('a new log, with what is missing', async ({ arrive }) => {
        const { page } = await arrive('tore', looks)
        await page.goto('/ny')
        await expect(page.getByRole('checkbox').first()).toBeVisible()
        await expectAccessible(page, 'new log')
        await page.getByRole('checkbox').first().check()
        await page.getByRole('button', { name: 'Start loggen' }).click()
        await expect(page.getByText('Skriv hvem det gjelder.')).toBeVisible()
        await expectAccessible(page, 'new log, something missing')
      })

      test('a log, for a professional and for a guardian', async ({ arrive }) => {
        for (const person of ['maren', 'camilla']) {
          const { page } = await arrive(person, looks)
          await page.locator('.case-list').getByRole('link', { name: /Jonas/ }).click()
          await expect(
            page.getByRole('heading', { name: /Jonas er på skolen fire dager|Jonas/ }).first(),
          ).toBeVisible()
          await expect(page.getByText('fast kveldsrutine')).toBeVisible()
          await expectAccessible(page, `log, ${person}`)
        }
      })
    })
  }
}
