import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { desktop, expect, expectNoSidewaysScroll, phone, test } from './overview-people.ts'

const card = (page: Page, words: string | RegExp): Locator =>
  page.getByRole('article').filter({ hasText: words })

/** Has somebody ask a service, as their browser would. */
async function ask(page: Page, id: string, service: string, text: string): Promise<void> {
  const origin = new URL(page.url()).origin
  const answer = await page.request.post('/api/cases/logg-a/questions', {
    data: { id, service, text },
    headers: { origin },
  })
  expect(answer.ok()).toBe(true)
}

test('asked on the overview, answered in place by another, a line in the log, and the asker sees it live', async ({
  arrive,
}) => {
  const maren = await arrive('maren', desktop)
  const haakon = await arrive('haakon', desktop)
  const reader = await arrive('silje', desktop)
  await reader.page.getByRole('link', { name: /Jonas/ }).first().click()
  const row = maren.page.getByRole('row', { name: /Jonas/ })
  await row.getByRole('button', { name: /^Spør PPT/ }).click()
  await maren.page.getByRole('textbox', { name: 'Hva lurer du på?' }).fill('Når kommer dere til friminuttet?')
  await maren.page.getByRole('button', { name: 'Spør PPT', exact: true }).click()
  await expect(row.getByText('Spurt i dag')).toBeVisible()

  const asked = card(haakon.page, 'Når kommer dere til friminuttet?')
  await expect(asked).toContainText('Maren spør')
  await expect(haakon.page.getByRole('row', { name: /Jonas/ })).toHaveAttribute('data-waiting', 'true')
  const line = asked.getByRole('textbox', { name: 'Svar med én linje' })
  await line.fill('På torsdag, i storefri.')
  await line.press('Enter')
  await expect(asked).toContainText('Delt.')
  await expect(asked).toHaveCount(0)

  await expect(reader.page.locator('.log-text')).toContainText(
    '«Når kommer dere til friminuttet?» På torsdag, i storefri.',
  )
  const answer = card(maren.page, 'På torsdag, i storefri.')
  await expect(answer).toContainText('Håkon svarte')
})

test('what is marked as seen on one device goes on the other', async ({ arrive }) => {
  const silje = await arrive('silje', desktop)
  const henrik = await arrive('henrik', desktop)
  await ask(silje.page, 'seen-1', 'hjem', 'Sov han godt i natt?')
  const camilla = await arrive('camilla', phone)
  const asked = card(camilla.page, 'Sov han godt i natt?')
  await expectNoSidewaysScroll(camilla.page)
  await asked.getByRole('button', { name: 'Ja', exact: true }).click()
  await expect(asked).toContainText('Delt.')
  const other = await arrive('silje', phone)
  for (const { page } of [silje, other]) await expect(card(page, 'Camilla svarte')).toBeVisible()
  await card(silje.page, 'Camilla svarte').getByRole('button', { name: 'Sett' }).click()
  await expect(card(other.page, 'Camilla svarte')).toHaveCount(0)
  await expect(card(henrik.page, 'Camilla svarte')).toHaveCount(0)
})

test('put off until tomorrow, and back again; the keyboard alone does it', async ({ arrive }) => {
  const maren = await arrive('maren', desktop)
  await ask(maren.page, 'later-1', 'skolehelsetjenesten', 'Har han vært innom denne uka?')
  const henrik = await arrive('henrik', desktop)
  const asked = card(henrik.page, 'Har han vært innom denne uka?')
  await asked.getByRole('button', { name: 'Ta det senere' }).focus()
  await henrik.page.keyboard.press('Enter')
  await expect(henrik.page.getByRole('menuitem', { name: 'I morgen' })).toBeFocused()
  await henrik.page.keyboard.press('Enter')
  await expect(asked).toContainText('Lagt bort til senere.')
  await expect(henrik.page.getByText('Én er lagt bort til senere.')).toBeVisible()
  await asked.getByRole('button', { name: 'Angre' }).focus()
  await henrik.page.keyboard.press('Enter')
  await expect(asked.getByRole('textbox', { name: 'Svar med én linje' })).toBeVisible()
  await expect(henrik.page.getByText('Én er lagt bort til senere.')).toHaveCount(0)
})

test('an answer without a line is kept, and shared when the line is back', async ({ arrive }) => {
  const maren = await arrive('maren', desktop)
  await ask(maren.page, 'kept-1', 'skolehelsetjenesten', 'Har han vært innom denne uka?')
  const { page, context } = await arrive('henrik', desktop)
  const asked = card(page, 'Har han vært innom denne uka?')
  await expect(asked).toBeVisible()
  await context.setOffline(true)
  await asked.getByRole('button', { name: 'Noen ganger' }).click()
  await expect(asked).toContainText('Svaret ditt er trygt her.')
  await context.setOffline(false)
  await expect(asked).toContainText('Delt.')
})

test('the baton is offered, accepted on the overview, and the header changes for everybody', async ({
  arrive,
}) => {
  const maren = await arrive('maren', desktop)
  const silje = await arrive('silje', desktop)
  await maren.page.getByRole('link', { name: /Jonas/ }).first().click()
  const header = maren.page.getByRole('banner').or(maren.page.locator('.case-header')).last()
  await header.getByRole('button', { name: 'Gi videre' }).click()
  await maren.page.getByRole('radio', { name: /Silje Nordhagen/ }).check()
  await expect(maren.page.getByText(/ingen andre stafetter/).first()).toBeVisible()
  await maren.page.getByRole('textbox', { name: 'Noen ord på veien' }).fill('Du ser ham oftest.')
  await maren.page.getByRole('button', { name: 'Tilby stafetten' }).click()
  await expect(header).toContainText('Tilbudt til Silje')
  await expect(header).toContainText('Maren Solbakken')

  const offered = card(silje.page, 'Maren vil gi deg stafetten')
  await expect(offered).toContainText('Du ser ham oftest.')
  await expect(offered).toContainText('Du blir stafettholder. Du kan gi videre når som helst.')
  await offered.getByRole('button', { name: 'Ta imot' }).click()
  await expect(offered).toContainText('Du er stafettholder nå.')
  await expect(header).toContainText('Silje Nordhagen')
  await expect(header.getByRole('button', { name: 'Gi videre' })).toHaveCount(0)
  await expect(silje.page.getByRole('row', { name: /Jonas/ })).toContainText('Du')

  // And back, from within the log, so that the next test finds it where it was.
  await silje.page.getByRole('link', { name: /Jonas/ }).first().click()
  await silje.page.getByRole('button', { name: 'Gi videre' }).click()
  await silje.page.getByRole('radio', { name: /Maren Solbakken/ }).check()
  await silje.page.getByRole('button', { name: 'Tilby stafetten' }).click()
  await expect(maren.page.getByText('Silje vil gi deg stafetten.')).toBeVisible()
  await maren.page.getByRole('button', { name: 'Ta imot' }).click()
  await expect(header).toContainText('Maren Solbakken')
  await expect(header.getByRole('button', { name: 'Gi videre' })).toBeVisible()
})

test('a list that does not come says so, and the rows stand all the same', async ({ arrive }) => {
  const { page } = await arrive('tore', desktop)
  await page.route('**/api/waiting', (route) =>
    route.fulfill({ status: 503, json: { error: { code: 'notStored' } } }),
  )
  await page.reload()
  await expect(page.getByText('Vi får ikke hentet det som venter på deg.')).toBeVisible()
  await expect(page.getByRole('link', { name: /Jonas/ }).first()).toBeVisible()
  await page.unroute('**/api/waiting')
  await page.getByRole('button', { name: 'Prøv nå' }).click()
  await expect(page.getByText('Vi får ikke hentet det som venter på deg.')).toHaveCount(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, size] of Object.entries({ desktop, phone })) {
    test(`nothing in the way of anybody: ${name}, ${colorScheme}`, async ({ arrive }) => {
      const looks = { ...size, colorScheme, reducedMotion: 'reduce' as const }
      const { page } = await arrive('haakon', looks)
      // A measure of the demo's is due.
      const due = card(page, 'to observasjoner')
      await expect(due).toBeVisible()
      await expectNoSidewaysScroll(page)
      await expectAccessible(page, 'cards')
      await due.getByRole('button', { name: 'Ta det senere' }).click()
      await expect(page.getByRole('menu')).toBeVisible()
      await expectAccessible(page, 'later, menu open')
      await page.getByRole('menuitem', { name: 'Velg en dag' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectAccessible(page, 'later, day')
      await page.keyboard.press('Escape')
      await page
        .getByRole('button', { name: /^Spør Helsestasjon/ })
        .first()
        .click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectAccessible(page, 'ask')

      const holder = await arrive('maren', looks)
      await holder.page.getByRole('link', { name: /Jonas/ }).first().click()
      await holder.page.getByRole('button', { name: 'Gi videre' }).click()
      await expect(holder.page.getByRole('radio').first()).toBeVisible()
      await expectAccessible(holder.page, 'pass it on')
    })
  }
}
