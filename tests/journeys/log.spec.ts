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

test('from opening the log to «saved» in well under ten seconds', async ({ stage, enter }) => {
  const { page } = await enter('maren')
  await page.goto('/')
  const began = Date.now()
  await page.locator('.case-list').getByRole('link', { name: /Jonas/ }).click()
  await share(page, 'Han kom inn selv i dag.')
  await expect(paragraph(page, 'Han kom inn selv i dag.')).toBeInViewport()
  await expect(status(page)).toHaveText(/Alt er lagret/)
  expect(Date.now() - began).toBeLessThan(10_000)
  await expect(paragraph(page, 'Han kom inn selv i dag.')).toHaveAttribute('data-byline', /^Du · /)

  const server = await enter('haakon')
  await expect(paragraph(server.page, 'Han kom inn selv i dag.')).toHaveAttribute('data-byline', /^Maren · /)
  expect(stage.url).toBeTruthy()
})

test('a person, a measure and an evaluation from the same line', async ({ enter }) => {
  const { page } = await enter('maren')
  await composer(page).click()
  await page.keyboard.type('Snakket med @Sil')
  await expect(page.getByRole('option', { name: /Silje Nordhagen/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('om gym.')
  await page.keyboard.press('Enter')
  await expect(paragraph(page, 'om gym.').locator('.mention')).toHaveText('@Silje Nordhagen')

  const into = (name: RegExp) =>
    page.getByRole('group', { name }).getByRole('menuitemradio', { name: /Mål 1/ })
  await page.getByRole('button', { name: /Slik blir linjen/ }).click()
  await into(/Som tiltak/).click()
  await share(page, 'følge til garderoben')
  await expect(text(page).locator('.node-measure').filter({ hasText: 'følge til garderoben' })).toBeVisible()

  await page.getByRole('button', { name: /Slik blir linjen/ }).click()
  await into(/Som vurdering/).click()
  await composer(page).click()
  await page.keyboard.type('Fire dager denne uka.')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Velg et trinn, så kan du dele.')).toBeVisible()
  await page.getByRole('radio', { name: /^0/ }).check()
  await composer(page).click()
  await page.keyboard.press('Enter')
  await expect(
    text(page).locator('.node-evaluation').filter({ hasText: 'Fire dager denne uka.' }),
  ).toBeVisible()
  await expectSaved(page)
})

test('a guardian reads, adds a signed line and rates, and changes nothing that others wrote', async ({
  enter,
}) => {
  const { page } = await enter('camilla', { viewport: { width: 390, height: 844 }, hasTouch: true })
  const maren = await enter('maren')
  await expect(status(page)).toContainText('Bare lese')
  await expect(text(page)).toHaveAttribute('contenteditable', 'false')
  const before = await content(page)
  await paragraph(page, 'Hjemme sover han').click()
  await page.keyboard.type('xxx')
  expect(await content(page)).toBe(before)

  await share(page, 'Han gledet seg til skolen i dag.')
  await expect(paragraph(maren.page, 'Han gledet seg')).toHaveAttribute('data-byline', /^Camilla · nå/)
  await expect(paragraph(page, 'Han gledet seg')).toHaveCount(1)
  await expect(paragraph(page, 'Han gledet seg')).toBeInViewport()
  await expect(composer(page)).toHaveText('')

  await page.getByRole('button', { name: /Slik blir linjen/ }).click()
  await page.getByRole('menuitemradio', { name: /Mål 1/ }).click()
  await page.getByRole('radio', { name: /^−1/ }).check()
  await share(page, 'Roligere om morgenen.')
  await expect(
    text(maren.page).locator('.node-evaluation').filter({ hasText: 'Roligere om morgenen.' }),
  ).toBeVisible()
})

test('a guardian’s line waits through an outage and stands there once', async ({ stage, enter }) => {
  const { page } = await enter('camilla')
  await stage.end()
  await share(page, 'Skrevet uten tjener.')
  await expect(page.getByText('Linjen din er ikke delt ennå. Teksten er trygg her.')).toBeVisible()
  await expect(composer(page)).toHaveText('Skrevet uten tjener.')
  await stage.start()
  await expect(paragraph(page, 'Skrevet uten tjener.')).toHaveCount(1, { timeout: 20_000 })
  await expect(composer(page)).toHaveText('')
})

test('another’s typing moves neither your caret nor what you look at', async ({ enter }) => {
  const maren = await enter('maren')
  const haakon = await enter('haakon')
  await paragraph(maren.page, 'Kveldsrutinen holder').click()
  await maren.page.keyboard.press('End')
  const where = () =>
    paragraph(maren.page, 'Kveldsrutinen holder').evaluate((p) => p.getBoundingClientRect().top)
  const top = await where()
  await writeAfter(
    haakon.page,
    'Hjemme sover han',
    ' Og mer, så langt at det blir flere linjer av det. '.repeat(6),
  )
  await expect(paragraph(maren.page, 'flere linjer av det')).toHaveCount(1)
  await expect.poll(async () => Math.abs((await where()) - top)).toBeLessThanOrEqual(2)
  await maren.page.keyboard.type(' Ja.')
  await expect(paragraph(maren.page, 'Kveldsrutinen holder')).toContainText('i går. Ja.')
})

test('undo takes back what you wrote, and nothing of what others wrote', async ({ enter }) => {
  const maren = await enter('maren')
  const haakon = await enter('haakon')
  await writeAfter(maren.page, 'Jeg tror det er uro', ' MIN')
  await writeAfter(haakon.page, 'Kveldsrutinen holder', ' HANS')
  await expect(paragraph(maren.page, 'HANS')).toHaveCount(1)
  await maren.page.keyboard.press('Control+z')
  await expect(paragraph(haakon.page, 'MIN')).toHaveCount(0)
  await expect(paragraph(maren.page, 'HANS')).toHaveCount(1)
})

test('a click puts the caret where it was made, also when others write before the browser tells of it', async ({
  enter,
}) => {
  const { page } = await enter('maren')
  await text(page).evaluate((dom) => {
    // It tells with the next frame; here later, so that something always comes first.
    const late = (event: Event) => {
      if (!event.isTrusted) return
      event.stopPropagation()
      setTimeout(() => document.dispatchEvent(new Event('selectionchange')), 60)
    }
    addEventListener('selectionchange', late, { capture: true })
    type Shared = { get(at: number): { get(at: number): { insert(at: number, words: string): void } } }
    type Plugin = { getState(state: unknown): { binding?: { type: Shared } } | undefined }
    const editor: { state: { plugins: Plugin[] } } = Reflect.get(dom, 'editor')
    const states = editor.state.plugins.map((plugin) => plugin.getState(editor.state))
    const shared = states.find((state) => state?.binding)?.binding?.type
    addEventListener('mouseup', () => shared?.get(0).get(0).insert(0, 'Ny: '), { capture: true, once: true })
  })
  await writeAfter(page, 'Kveldsrutinen holder', ' Bra.')
  await expect(text(page).locator('> *').first()).toContainText('Ny: ')
  await expect(paragraph(page, 'Kveldsrutinen holder')).toContainText('i går. Bra.')
})

test('what cannot be put on the agenda is said on the screen, until somebody puts it away', async ({
  enter,
}) => {
  const { page, context } = await enter('maren')
  await page.getByRole('button', { name: 'Mer om mål 1' }).click()
  await context.setOffline(true)
  await page.getByRole('menuitem', { name: 'Sett på agendaen' }).click()
  const said = page.locator('.trouble-note')
  await expect(said).toContainText('Det kom ikke på agendaen.')
  await context.setOffline(false)
  await said.getByRole('button', { name: 'Lukk' }).click()
  await expect(said).toHaveCount(0)
})

test('a log whose facts come later than its text is drawn once, and stays', async ({ enter }) => {
  const { context } = await enter('maren')
  await context.addInitScript(() => {
    const drawn = new Set<Element>()
    new MutationObserver(() => {
      for (const text of document.querySelectorAll('.log-text')) drawn.add(text)
    }).observe(document, { childList: true, subtree: true })
    Object.assign(window, { drawn })
  })
  const page = await context.newPage()
  const textIsHere = new Promise<void>((resolve) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => payload.length > 2000 && resolve())
    })
  })
  await page.route('**/api/cases/logg-a', async (route) => {
    await textIsHere
    await route.continue()
  })
  await page.goto('/logg/logg-a')
  await share(page, 'Han kom tidlig i dag.')
  await expect(paragraph(page, 'Han kom tidlig')).toBeVisible()
  expect(await page.evaluate('drawn.size')).toBe(1)
})
