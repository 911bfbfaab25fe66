import { randomUUID } from 'node:crypto'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { expect, phone, test } from './overview-people.ts'

const row = (page: Page, title: string) => page.locator('.meeting-row').filter({ hasText: title })
const dialog = (page: Page) => page.getByRole('dialog')
const wide: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' }

/** Calls a meeting for log A by the keyboard and the mouse, as somebody would. */
async function call(page: Page, title: string): Promise<void> {
  await page.goto('/moter')
  await page.getByRole('button', { name: 'Kall inn' }).click()
  await dialog(page).getByRole('checkbox', { name: 'Jonas Bergset' }).check()
  await dialog(page).getByLabel('Hva slags møte?').fill(title)
}

test('two times are proposed and answered, one is chosen, the meeting is moved and called off, live for all', async ({
  arrive,
}) => {
  const { page: maren } = await arrive('maren', wide)
  const { page: silje } = await arrive('silje', wide)
  await silje.goto('/moter')
  await call(maren, 'Overgangsmøte')
  await dialog(maren).getByRole('button', { name: 'Foreslå en tid til' }).click()
  await expectAccessible(maren, 'calling')
  await dialog(maren).getByRole('button', { name: 'Foreslå tidene' }).click()
  await expect(dialog(maren)).toHaveCount(0)

  const times = row(silje, 'Overgangsmøte').locator('.answer-times li')
  await expect(times).toHaveCount(2)
  await times.nth(1).getByText('Kommer').click()
  await expect(row(maren, 'Overgangsmøte').locator('.answer-times li').nth(1)).toContainText('passer for 1')
  await row(maren, 'Overgangsmøte').getByRole('button', { name: 'Velg denne' }).nth(1).click()
  // Called now: everybody is asked whether they come.
  const answers = row(silje, 'Overgangsmøte').locator('.meeting-do')
  await answers.getByText('Kommer', { exact: true }).click()
  await expect(answers.getByRole('radio', { name: 'Kommer' })).toBeChecked()

  const more = { name: 'Mer om Overgangsmøte' }
  await row(maren, 'Overgangsmøte').getByRole('button', more).click()
  await maren.getByRole('menuitem', { name: 'Flytt møtet' }).click()
  await dialog(maren).getByLabel('Hvor?').fill('møterom Gran')
  await expectAccessible(maren, 'moving')
  await dialog(maren).getByRole('button', { name: 'Flytt møtet' }).click()
  await expect(row(silje, 'Overgangsmøte')).toContainText('møterom Gran')
  await row(maren, 'Overgangsmøte').getByRole('button', more).click()
  await maren.getByRole('menuitem', { name: 'Avlys møtet' }).click()
  await expectAccessible(maren, 'calling off')
  await dialog(maren).getByRole('button', { name: 'Avlys møtet' }).click()
  await expect(row(silje, 'Overgangsmøte')).toContainText('avlyst')
})

test('leaving a guardian out needs a reason, and what is missing gets the focus', async ({ arrive }) => {
  const { page } = await arrive('maren', wide)
  await call(page, 'Uten mor')
  await dialog(page)
    .getByRole('checkbox', { name: /Camilla/ })
    .uncheck()
  await dialog(page).getByRole('button', { name: 'Kall inn' }).click()
  const why = dialog(page).getByLabel(/Hvorfor er ikke Camilla/)
  await expect(why).toBeFocused()
  await expect(dialog(page)).toContainText('Skriv en kort begrunnelse.')
  await expectAccessible(page, 'a reason is missing')
  await why.fill('Mor har bedt om å slippe')
  await dialog(page).getByRole('button', { name: 'Kall inn' }).click()
  await expect(dialog(page)).toHaveCount(0)
  await expect(row(page, 'Uten mor')).toBeVisible()
})

test('one click puts a log on the agenda, from the overview and from the log, and another takes it back', async ({
  arrive,
}) => {
  const { page } = await arrive('maren', wide)
  const { page: silje } = await arrive('silje', wide)
  await page.getByRole('button', { name: 'Sett Jonas Bergset på agendaen' }).click()
  await expect(page.getByRole('button', { name: /Jonas Bergset er på agendaen/ })).toBeVisible()
  await expect(silje.getByRole('button', { name: 'Jonas Bergset er på agendaen' })).toBeVisible()
  await expectAccessible(page, 'on the agenda')
  await page.getByRole('button', { name: /Ta av igjen/ }).click()
  await expect(silje.getByRole('button', { name: 'Sett Jonas Bergset på agendaen' })).toBeVisible()
  await page.goto('/logg/logg-a')
  await page.getByRole('textbox', { name: 'Sett noe på agendaen' }).fill('Gym etter jul')
  await page.keyboard.press('Enter')
  await expect(page.locator('.next-agenda')).toContainText('Gym etter jul')
  await page.getByRole('button', { name: 'Ta «Gym etter jul» av agendaen' }).click()
  await expect(page.locator('.next-meeting')).not.toContainText('Gym etter jul')
  // A concern goes there from its own menu.
  await page.locator('.node-concern').getByRole('button', { name: 'Mer om bekymringen' }).click()
  await page.getByRole('menuitem', { name: 'Sett på agendaen' }).click()
  await expect(page.locator('.next-agenda')).toContainText('18 % fravær')
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`minutes: made from what happened, the leader’s words, signed, and then frozen (${colorScheme})`, async ({
    arrive,
    app,
  }) => {
    const { page, context } = await arrive('maren', { ...wide, colorScheme })
    const id = randomUUID()
    const post = async (path: string, data: unknown) => {
      const answer = await context.request.post(path, { data, headers: { origin: app.url } })
      expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
    }
    await post('/api/meetings', {
      id,
      cases: ['logg-a'],
      kind: 'case',
      title: `Referatmøte ${colorScheme}`,
      times: [Date.now() + 60_000],
      minutes: 30,
      place: 'møterom Gran',
      link: '',
      leader: 'maren',
    })
    await post(`/api/meetings/${id}/start`, undefined)
    await post(`/api/meetings/${id}/lines`, {
      id: randomUUID(),
      case: 'logg-a',
      text: 'Porten holder. Vi prøver egen inngang til jul.',
    })
    await post(`/api/meetings/${id}/end`, { next: Date.now() + 14 * 86_400_000 })

    await page.goto(`/mote/${id}/referat`)
    await expect(page.getByRole('heading', { name: 'Jonas Bergset' })).toBeVisible()
    await expect(page.getByLabel('Teksten')).toHaveValue(/Porten holder/)
    await expectAccessible(page, 'minutes, not signed')
    await page.getByLabel('Merknad fra den som ledet').fill('Mor ringes i morgen.')
    await page.getByRole('button', { name: 'Lagre teksten' }).click()
    await page.getByRole('button', { name: 'Signer referatet' }).click()
    await expectAccessible(page, 'asked before signing')
    await dialog(page).getByRole('button', { name: 'Signer referatet' }).click()
    await expect(page.locator('.minutes-checksum code')).toHaveText(/^[0-9a-f]{64}$/)
    await expect(page.getByText('Mor ringes i morgen.')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Teksten' })).toHaveCount(0)
    // What the bar covers while a page is scrolled is no smaller for it.
    await page.evaluate(() => scrollTo(0, 0))
    await expectAccessible(page, 'minutes, signed')
    // Everybody invited finds them, a guardian on a phone too; nothing can be changed any more.
    const { page: camilla } = await arrive('camilla', { ...phone, colorScheme })
    await camilla.goto(`/mote/${id}/referat`)
    await expect(camilla.getByText('Mor ringes i morgen.')).toBeVisible()
    await expectAccessible(camilla, 'minutes on a phone')
    const late = await context.request.put(`/api/meetings/${id}/minutes`, {
      data: { case: 'logg-a', remark: 'for sent' },
      headers: { origin: app.url },
    })
    expect(late.ok()).toBe(false)
    // Who takes no part in the log learns nothing of them.
    const { page: nora } = await arrive('nora', wide)
    await nora.goto(`/mote/${id}/referat`)
    await expect(nora.getByText('Dette referatet finnes ikke')).toBeVisible()
  })
