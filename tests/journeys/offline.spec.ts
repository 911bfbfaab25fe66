import {
  composer,
  content,
  expect,
  expectSaved,
  paragraph,
  share,
  status,
  test,
  text,
  writeAfter,
} from './log-people.ts'

test('offline: lines are counted, leaving warns, and coming back shares them without a reload', async ({
  enter,
}) => {
  const { page, context } = await enter('maren')
  const haakon = await enter('haakon')
  await context.setOffline(true)
  await writeAfter(page, 'Hjemme sover han', ' Uten nett.')
  await share(page, 'Enda en linje uten nett.')
  await expect(status(page)).toContainText('2 linjer venter')

  await page.getByRole('link', { name: 'Til oversikten', exact: true }).click()
  const question = page.getByRole('dialog', { name: 'Noe er ikke delt ennå' })
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Bli her' }).click()
  await expect(text(page)).toBeVisible()
  const asked: string[] = []
  page.once('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await page.close({ runBeforeUnload: true })
  await expect.poll(() => asked).toEqual(['beforeunload'])

  await writeAfter(haakon.page, 'Kveldsrutinen holder', ' Skrevet imens.')
  await context.setOffline(false)
  await expect(status(page)).toContainText('Tilkoblet igjen. 2 linjer er delt', { timeout: 15_000 })
  await expect(page.getByText('Andre endret ett sted mens du var borte.')).toBeVisible()
  await expect(paragraph(haakon.page, 'Enda en linje uten nett.')).toHaveCount(1)
  await expectSaved(page)
})

test('a server restart: everybody rejoins by themselves, within seconds', async ({ stage, enter }) => {
  const { page } = await enter('maren')
  await stage.end('SIGKILL')
  await share(page, 'Skrevet mens tjeneren var borte.')
  await expect(status(page)).toHaveAttribute('data-kind', /offline|failed/)
  await expect(page.getByRole('button', { name: 'Prøv nå' })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText(/Teksten er trygg her/)).toBeVisible()
  await stage.start()
  await expectSaved(page)
  await expect(paragraph(page, 'Skrevet mens tjeneren')).toHaveCount(1)
})

test('access lost: the content goes at once, and it says when, never because of whom', async ({
  stage,
  enter,
}) => {
  const haakon = await enter('haakon')
  const maren = await enter('maren')
  await expect(paragraph(haakon.page, 'Kveldsrutinen holder')).toBeVisible()
  const removed = await maren.context.request.delete('/api/cases/logg-a/members/haakon', {
    headers: { origin: stage.url },
  })
  expect(removed.ok()).toBe(true)
  await expect(haakon.page.getByText('Du har ikke lenger tilgang til denne loggen.')).toBeVisible({
    timeout: 2000,
  })
  await expect(text(haakon.page)).toHaveCount(0)
  await expect(haakon.page.getByText('Maren')).toHaveCount(0)
  await haakon.page.reload()
  await expect(haakon.page.getByText('Vi finner ikke denne loggen')).toBeVisible()
})

test('an outdated client is refused before it syncs, told to reload, with nothing lost [BL3]', async ({
  enter,
}) => {
  const { page, context } = await enter('maren')
  await context.setOffline(true)
  await writeAfter(page, 'Hjemme sover han', ' Fra gammel utgave.')
  await page.route('**/api/collab/ticket', (route) =>
    route.fulfill({ status: 409, json: { error: { code: 'clientOutdated' } } }),
  )
  await context.setOffline(false)
  await expect(page.getByText('Last siden på nytt for å skrive videre')).toBeVisible({ timeout: 15_000 })
  await expect(paragraph(page, 'Fra gammel utgave.')).toBeVisible()
})

test('nothing of a log stays in the browser after sign-out', async ({ enter }) => {
  const { page } = await enter('maren')
  await share(page, 'Dette skal ikke ligge igjen.')
  await expectSaved(page)
  expect(await content(page)).toContain('ligge igjen')
  await page.getByRole('button', { name: /Meny/ }).click()
  await page.getByRole('menuitem', { name: 'Logg ut' }).click()
  await expect(page.getByRole('heading', { name: 'Hvem er du i dag?' })).toBeVisible()
  await expect(composer(page)).toHaveCount(0)
  const left = await page.evaluate(async () => ({
    local: Object.entries(localStorage),
    session: Object.entries(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    body: document.body.textContent,
  }))
  expect(JSON.stringify(left)).not.toMatch(/Jonas Bergset|ligge igjen|fravær/)
  expect([left.databases, left.caches]).toEqual([[], []])
})
