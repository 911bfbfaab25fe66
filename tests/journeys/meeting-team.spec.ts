import { expect, test } from './log-people.ts'
import { minute, minutes } from './meeting-people.ts'

test('who may read one log of a team meeting waits while another is spoken of', async ({ stage, enter }) => {
  const haakon = await enter('haakon')
  const answer = await haakon.context.request.post('/api/meetings', {
    headers: { origin: stage.url },
    data: {
      id: 'team-i-dag',
      cases: ['logg-a', 'logg-b'],
      kind: 'team',
      title: 'Tverrfaglig team',
      times: [Date.now()],
      minutes: 30,
      place: '',
      link: '',
      leader: 'haakon',
    },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  await haakon.page.goto('/mote/team-i-dag')
  await haakon.page.getByRole('button', { name: 'Start møtet' }).click()
  await expect(haakon.page.getByRole('heading', { level: 1 })).toHaveText('Jonas Bergset')
  // Only services of the log on the wall rate its goals, and not all that are in the room.
  await haakon.page.keyboard.press('ArrowRight')
  await expect(haakon.page.locator('.wall-chip').filter({ hasText: 'Skolehelse' })).toHaveCount(1)
  await expect(haakon.page.locator('.wall-chip').filter({ hasText: 'Barnehage' })).toHaveCount(0)
  await haakon.page.keyboard.press('ArrowLeft')
  const ida = await enter('ida', {}, 'logg-b')
  await ida.page.goto('/mote/team-i-dag')
  await expect(ida.page.getByText('Denne saken er ikke delt med deg.')).toBeVisible()
  await expect(ida.page.getByText('Jonas')).toHaveCount(0)

  await haakon.page.locator('.wall-row-go').last().click()
  for (const { page } of [haakon, ida])
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Sara/)
  await minute(ida.page, 'Språkgruppa går på torsdager.')
  await expect(minutes(haakon.page)).toContainText('Språkgruppa går på torsdager.')

  const camilla = await enter('camilla')
  await camilla.page.goto('/mote/team-i-dag')
  await expect(camilla.page.getByText('Denne saken er ikke delt med deg.')).toBeVisible()
  await expect(camilla.page.getByText('Sara')).toHaveCount(0)
  const nora = await enter('nora', {}, 'logg-c')
  await nora.page.goto('/mote/team-i-dag')
  await expect(nora.page.getByText('Vi finner ikke dette møtet')).toBeVisible()

  // Ending it shows what was agreed about every log, not only about the one on the wall.
  await haakon.page.getByRole('button', { name: 'Avslutt', exact: true }).click()
  const dialog = haakon.page.getByRole('dialog')
  await expect(dialog.getByRole('heading', { name: 'Jonas Bergset' })).toBeVisible()
  await expect(dialog.getByRole('heading', { name: /^Sara/ })).toBeVisible()
  await expect(dialog.getByText('Ingenting nytt ble avtalt.')).toHaveCount(2)
})
