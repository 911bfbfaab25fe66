import { expect, expectEqual, test } from './log-people.ts'
import {
  callMeeting,
  composer,
  goTo,
  minute,
  minutes,
  onGoal,
  phone,
  projector,
  step,
  title,
} from './meeting-people.ts'

test('five people hold a meeting, at school, at home and on a bad line', async ({ stage, enter }) => {
  const maren = await enter('maren', projector)
  const id = await callMeeting(stage, maren)
  await maren.page.goto(`/mote/${id}`)
  const camilla = await goTo(enter, id, 'camilla', phone)
  await expect(camilla.page.getByText('Når Maren starter, er du med.')).toBeVisible()
  await maren.page.getByRole('button', { name: 'Start møtet' }).click()
  await expect(title(camilla.page)).toHaveText('Siden sist')
  const silje = await goTo(enter, id, 'silje')
  const tore = await goTo(enter, id, 'tore')
  const haakon = await goTo(enter, id, 'haakon')
  const all = [maren, camilla, silje, tore, haakon]

  await maren.page.getByRole('button', { name: /^Videre til/ }).click()
  for (const { page } of all) await onGoal(page)
  await expect(maren.page.locator('.wall-face[data-attended="there"]')).toHaveCount(5)

  // One looks elsewhere, is told so, and comes back.
  await tore.page.getByRole('button', { name: 'Tilbake til Siden sist' }).click()
  await expect(title(tore.page)).toHaveText('Siden sist')
  await onGoal(maren.page)
  await expect(tore.page.getByText('Du ser på noe annet.')).toBeVisible()
  await tore.page.getByRole('button', { name: 'Tilbake til møtet' }).click()
  await onGoal(tore.page)

  // Two services rate at the same moment, the mother too; nobody's tile pushes another's away.
  await Promise.all([
    maren.page.keyboard.press('3'),
    silje.page.keyboard.press('2'),
    step(camilla.page, 1).getByRole('button').click(),
  ])
  for (const { page } of all) {
    await expect(step(page, 2).locator('.tile')).toHaveText(['SK'])
    await expect(step(page, 1).locator('.tile')).toHaveCount(2)
    await expect(page.locator('.wall-chip svg')).toHaveCount(3)
  }
  // The leader rates for a service that is remote, and takes it back.
  await maren.page
    .getByRole('button', { name: /PPT/ })
    .filter({ has: maren.page.locator('.tile') })
    .first()
    .click()
  await step(maren.page, 4).getByRole('button').click()
  await expect(step(camilla.page, 4).locator('.tile')).toHaveText(['PP'])
  await maren.page.locator('.wall-undo').getByRole('button', { name: 'Angre' }).click()
  await expect(step(camilla.page, 4).locator('.tile')).toHaveCount(0)
  // What the service says itself meanwhile stands; the leader can say otherwise, and take that back alone.
  await step(maren.page, 4).getByRole('button').click()
  await expect(step(haakon.page, 4).locator('.tile')).toHaveText(['PP'])
  await haakon.page.keyboard.press('1')
  await expect(step(maren.page, 0).locator('.tile')).toHaveText(['PP'])
  await step(maren.page, 4).getByRole('button').click()
  await expect(step(haakon.page, 4).locator('.tile')).toHaveText(['PP'])
  await maren.page.locator('.wall-undo').getByRole('button', { name: 'Angre' }).click()
  await expect(step(camilla.page, 0).locator('.tile')).toHaveText(['PP'])

  // The mother takes hers back as well, by the server, and rates again.
  await camilla.page.locator('.wall-undo').getByRole('button', { name: 'Angre' }).click()
  await expect(step(silje.page, 1).locator('.tile')).toHaveText(['SH'])
  await step(camilla.page, 2).getByRole('button').click()
  await expect(step(silje.page, 2).locator('.tile')).toHaveCount(2)

  // A new measure by keys, given to Håkon, who takes it on in the room.
  await maren.page.keyboard.press('t')
  await maren.page.keyboard.type('ser på gymtimen @Håkon')
  await expect(maren.page.getByRole('option', { name: /Håkon/ })).toBeVisible()
  await maren.page.keyboard.press('Enter')
  await maren.page.keyboard.press('Enter')
  const measure = haakon.page.locator('.wall-measure', { hasText: 'ser på gymtimen' })
  await measure.getByRole('button', { name: 'Jeg tar det' }).click()
  await expect(
    camilla.page.locator('.wall-measure', { hasText: 'ser på gymtimen' }).locator('.wall-status'),
  ).toHaveText('I gang')

  // The minutes: two write in the text at once, the mother by a line, a decision by a key.
  await minute(camilla.page, 'Kveldsrutinen holder.')
  for (const { page } of all) await expect(minutes(page)).toContainText('Kveldsrutinen holder.')
  await maren.page.keyboard.press('Escape')
  await Promise.all(
    [maren, silje].map(async ({ page }, at) => {
      await page.keyboard.press('r')
      await page.keyboard.type(at === 0 ? 'Skolen åpner egen inngang.' : 'Helsesøster følger med.')
    }),
  )
  for (const { page } of all) await expect(minutes(page)).toContainText('Skolen åpner egen inngang.')
  await tore.page.keyboard.press('d')
  await tore.page.keyboard.type('Gym tas opp igjen om to uker.')
  await tore.page.keyboard.press('Enter')
  for (const { page } of all)
    await expect(minutes(page).locator('.decision')).toContainText('Gym tas opp igjen om to uker.')

  // PPT loses the line, goes on, and nothing is lost.
  await haakon.context.setOffline(true)
  await expect(haakon.page.getByText('Du er frakoblet.')).toBeVisible()
  await haakon.page.keyboard.press('4')
  await minute(haakon.page, 'PPT skrev dette uten nett.')
  await expect(minutes(haakon.page)).toContainText('uten nett')
  await haakon.context.setOffline(false)
  for (const { page } of all) {
    await expect(minutes(page)).toContainText('PPT skrev dette uten nett.')
    await expect(step(page, 3).locator('.tile')).toHaveText(['PP'])
  }

  // The leader is gone; after a while Silje leads, and takes everybody along.
  await maren.page.close()
  await silje.page.getByRole('button', { name: 'Ta over' }).click({ timeout: 40_000 })
  const back = await maren.context.newPage()
  await back.goto(`/mote/${id}`)
  await onGoal(back)
  await expect(back.getByText('ledes av Silje')).toBeVisible()
  await silje.page.locator('.wall-row-go').last().click()
  const here = [{ ...maren, page: back }, camilla, silje, tore, haakon]
  for (const { page } of here) await expect(title(page)).toHaveText('Hvem gjør hva, neste dato')

  // The end asks for a date, and says what was agreed.
  await silje.page.getByRole('button', { name: 'Avslutt møtet' }).click()
  const dialog = silje.page.getByRole('dialog', { name: 'Avslutt møtet' })
  await expect(dialog).toContainText('Gym tas opp igjen om to uker.')
  await expect(dialog).toContainText('ser på gymtimen')
  await dialog.getByRole('button', { name: /Om 2 uker/ }).click()
  await expectEqual(here, 'Kveldsrutinen holder.', 'Helsesøster følger med.')
  await dialog.getByRole('button', { name: /^Avslutt, og møtes/ }).click()
  for (const { page } of here) await expect(page.getByText('Møtet er avsluttet')).toBeVisible()
  await expect(camilla.page.getByRole('link', { name: 'Se referatet' })).toBeVisible()

  // Everything of it stands in the log, for all, after the server has been killed.
  await stage.end('SIGKILL')
  await stage.start()
  for (const { page } of here) await page.goto('/logg/logg-a')
  await expectEqual(
    here,
    'ser på gymtimen',
    'Kveldsrutinen holder.',
    'Skolen åpner egen inngang.',
    'Helsesøster følger med.',
    'Gym tas opp igjen om to uker.',
    'PPT skrev dette uten nett.',
  )
})

test('a meeting from beginning to end by keyboard alone', async ({ stage, enter }) => {
  const { page, ...rest } = await enter('maren')
  const id = await callMeeting(stage, { page, ...rest })
  await page.goto(`/mote/${id}`)
  await page.getByRole('button', { name: 'Start møtet' }).focus()
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('Siden sist')
  await page.keyboard.press('ArrowRight')
  await onGoal(page)

  await page.keyboard.press('5')
  await expect(step(page, 4).locator('.tile')).toHaveText(['SK'])
  await page.getByRole('button', { name: 'Angre' }).focus()
  await page.keyboard.press('Enter')
  await expect(step(page, 4).locator('.tile')).toHaveCount(0)

  // What is typed is text, never a command.
  await page.keyboard.press('t')
  await page.keyboard.type('3 turer r d')
  await page.keyboard.press('Enter')
  await expect(page.locator('.wall-measure', { hasText: '3 turer r d' })).toBeVisible()
  await expect(step(page, 2).locator('.tile')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('d')
  await page.keyboard.type('Vi prøver 2 uker')
  await page.keyboard.press('Enter')
  await expect(minutes(page).locator('.decision')).toContainText('Vi prøver 2 uker')
  await page.keyboard.press('r')
  await page.keyboard.type('Skrevet med tastatur 1 2 3.')
  await expect(minutes(page)).toContainText('Skrevet med tastatur 1 2 3.')
  await page.keyboard.press('Escape')

  // A status by keys, and the agenda put in another order.
  const status = page.locator('.wall-measure', { hasText: 'to observasjoner' }).locator('.wall-status')
  await status.focus()
  await page.keyboard.press('Enter')
  await expect(status).toHaveText('I gang')
  const rows = page.locator('.wall-row-title')
  await page.locator('.wall-row-go').last().focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(rows.nth(-2)).toHaveText('Hvem gjør hva, neste dato')

  // Switched off, the keys do nothing; the switch is remembered.
  await page.getByRole('button', { name: 'Slå av hurtigtaster' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('1')
  await page.keyboard.press('ArrowRight')
  await onGoal(page)
  await expect(step(page, 0).locator('.tile', { hasText: 'SK' })).toHaveCount(0)
  await page.reload()
  await onGoal(page)
  await page.keyboard.press('ArrowRight')
  await onGoal(page)
  await page.getByRole('button', { name: 'Slå på hurtigtaster' }).focus()
  await page.keyboard.press('Enter')

  await page.getByRole('button', { name: 'Avslutt', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Avslutt uten ny dato' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Møtet er avsluttet')).toBeVisible()
})

test('a line that is shared before the text has come goes into the minutes by itself, once', async ({
  stage,
  enter,
}) => {
  const maren = await enter('maren')
  const id = await callMeeting(stage, maren)
  await maren.page.goto(`/mote/${id}`)
  await maren.page.getByRole('button', { name: 'Start møtet' }).click()
  const silje = await enter('silje')
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await silje.page.route('**/api/collab/ticket', async (route) => {
    await released
    await route.continue()
  })
  await silje.page.goto(`/mote/${id}`)
  await minute(silje.page, 'Skrevet før teksten kom.')
  await expect(silje.page.getByRole('button', { name: 'Deler …' })).toBeVisible()
  release()
  await expect(minutes(maren.page)).toContainText('Skrevet før teksten kom.')
  await expect(composer(silje.page)).toHaveValue('')
  await expect(minutes(maren.page).getByText('Skrevet før teksten kom.')).toHaveCount(1)
})
