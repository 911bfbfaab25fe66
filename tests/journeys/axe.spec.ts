import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { desktop, expect, phone, test } from './overview-people.ts'

async function expectReadable(page: Page, where: string): Promise<void> {
  await expectAccessible(page, where)
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
        await expectReadable(outside, 'sign-in')
        await outside.getByRole('button', { name: /Språk/ }).click()
        await expect(outside.getByRole('menu')).toBeVisible()
        await expectReadable(outside, 'sign-in, menu open')
        await context.close()

        const { page } = await arrive('maren', looks)
        await expect(page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
        await expectReadable(page, 'overview')
        await page.getByRole('button', { name: /Meny/ }).click()
        await expect(page.getByRole('menu')).toBeVisible()
        await expectReadable(page, 'overview, your menu open')
        await page.keyboard.press('Escape')
        await page.keyboard.press('Control+k')
        await page.keyboard.type('jonas')
        await expect(page.getByRole('option').first()).toBeVisible()
        await page.keyboard.press('ArrowDown')
        await expectReadable(page, 'overview, search open')
        await page.keyboard.press('Escape')
        await page.keyboard.press('Escape')
        await page.getByRole('button', { name: 'Skjul navn' }).click()
        await expectReadable(page, 'overview, names hidden')
        await page.goto('/finnes/ikke')
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectReadable(page, 'no such page')
      })

      test('empty, failed and loading overview', async ({ arrive }) => {
        const { page } = await arrive('bodil', looks)
        await expect(page.getByRole('heading', { name: 'Ingen saker ennå' })).toBeVisible()
        await expectReadable(page, 'empty overview')
        await page.route('**/api/cases', (route) =>
          route.fulfill({ status: 503, json: { error: { code: 'notStored' } } }),
        )
        await page.reload()
        await expect(page.locator('[aria-busy="true"]')).toBeVisible()
        await expectReadable(page, 'loading overview')
        await expect(page.getByRole('alert')).toBeVisible()
        await expectReadable(page, 'failed overview')
      })

      test('a new log, with what is missing', async ({ arrive }) => {
        const { page } = await arrive('tore', looks)
        await page.goto('/ny')
        await expect(page.getByRole('checkbox').first()).toBeVisible()
        await expectReadable(page, 'new log')
        await page.getByRole('checkbox').first().check()
        await page.getByRole('button', { name: 'Start loggen' }).click()
        await expect(page.getByText('Skriv hvem det gjelder.')).toBeVisible()
        await expectReadable(page, 'new log, something missing')
      })

      test('a log, for a professional and for a guardian', async ({ arrive }) => {
        for (const person of ['maren', 'camilla']) {
          const { page } = await arrive(person, looks)
          await page.locator('.case-list').getByRole('link', { name: /Jonas/ }).click()
          await expect(
            page.getByRole('heading', { name: /Jonas er på skolen fire dager|Jonas/ }).first(),
          ).toBeVisible()
          await expect(page.getByText('fast kveldsrutine')).toBeVisible()
          await expectReadable(page, `log, ${person}`)
        }
      })
    })
  }
}
