import {
  comment,
  isAtEnd,
  marked,
  openList,
  phone,
  select,
  thread,
  toolbarButton,
  wordsOf,
} from './commenting.ts'
import { expect, expectEqual, paragraph, test, text } from './log-people.ts'

test('a comment is seen by all at once, answered from a phone, and stays with its text wherever that goes', async ({
  enter,
}) => {
  const maren = await enter('maren')
  const silje = await enter('silje')
  const camilla = await enter('camilla', phone)
  const { page } = maren

  const said = 'Holder det med to?'
  await comment(page, 'to observasjoner', said)
  await expect(thread(page, 'Holder det med to?')).toBeVisible()
  await expect(thread(silje.page, 'Holder det med to?')).toBeVisible()
  await expect.poll(() => marked(silje, said)).toBe('to observasjoner')
  await expect(thread(silje.page, 'Holder det').getByText('Ny', { exact: true })).toBeVisible()
  // Read, because it is on the screen; for that a page has to be the one that is looked at.
  await silje.page.bringToFront()
  await thread(silje.page, 'Holder det').evaluate((card) => card.scrollIntoView({ block: 'center' }))
  await expect(thread(silje.page, 'Holder det').getByText('Ny', { exact: true })).toHaveCount(0)

  // The mother may not write in the text, and answers all the same, while the text is written in.
  const bubble = camilla.page.getByRole('button', { name: /1 kommentar om «to observasjoner»/ })
  await bubble.click()
  const sheet = camilla.page.getByRole('dialog', { name: 'Kommentarer' })
  await sheet.getByRole('textbox', { name: 'Svar i tråden' }).click()
  await camilla.page.keyboard.type('Han vil gjerne ')
  await select(silje.page, 'observasjoner')
  await silje.page.keyboard.press('ArrowLeft')
  await silje.page.keyboard.type('korte ')
  await camilla.page.keyboard.type('ha to.')
  await sheet.getByRole('button', { name: 'Send' }).click()
  await expect(thread(page, 'Han vil gjerne ha to.')).toBeVisible()
  await expect.poll(() => marked(maren, said)).toBe('to korte observasjoner')

  // Into another goal, and back by undo.
  await page.keyboard.press('Escape')
  await text(page).focus()
  // The editor hears of a new place a moment after the browser has gone there.
  await expect(async () => {
    await page.keyboard.press('Control+End')
    expect(await isAtEnd(page)).toBe(true)
  }).toPass()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/mål')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Andre mål')
  await select(page, 'korte')
  await page.keyboard.press('ArrowRight')
  const second = text(page).locator('.node-goal').filter({ hasText: 'Andre mål' })
  await expect(async () => {
    await page.keyboard.press('Alt+Shift+ArrowDown')
    await expect(second.locator('.commented')).not.toHaveCount(0, { timeout: 500 })
  }).toPass()
  for (const { page: seen } of [maren, silje, camilla]) {
    const there = text(seen).locator('.node-goal').filter({ hasText: 'Andre mål' })
    await expect.poll(() => wordsOf(there.locator('.commented[data-shown]'))).toBe('to korte observasjoner')
  }
  await expect(async () => {
    await page.keyboard.press('Control+z')
    await expect(second.locator('.commented')).toHaveCount(0, { timeout: 500 })
  }).toPass()
  await expect.poll(() => marked(maren, said)).toBe('to korte observasjoner')
  await expect.poll(() => marked(camilla, said)).toBe('to korte observasjoner')

  // What it was about is deleted: the thread says so, with the words.
  await select(silje.page, 'to korte observasjoner')
  await silje.page.keyboard.press('Delete')
  await sheet.getByRole('button', { name: 'Lukk tråden' }).click()
  const list = await openList(camilla.page)
  const row = list.getByRole('button', { name: /Holder det/ })
  await expect(row.getByText('Teksten er borte')).toBeVisible()
  await expect(row.locator('.thread-quote')).toHaveText('to korte observasjoner')
  // And when it stands there again, so does the thread.
  await silje.page.keyboard.press('Control+z')
  await expect(row.getByText('Teksten er borte')).toHaveCount(0)
  await expect.poll(() => marked(camilla, said)).toBe('to korte observasjoner')

  // Done, and open again.
  await thread(silje.page, 'Holder det').getByRole('button', { name: 'Merk tråden som ferdig' }).click()
  await expect(thread(page, 'Holder det')).toHaveCount(0)
  await expect.poll(() => marked(maren, said)).toBe('')
  await list.getByRole('radio', { name: 'Ferdige' }).check()
  await row.click()
  await sheet.getByRole('button', { name: 'Åpne igjen' }).click()
  await expect(thread(page, 'Holder det')).toBeVisible()
  await expectEqual([maren, silje, camilla])
})

test('a comment begun before an outage is kept, says that it waits, and is sent once', async ({ enter }) => {
  const maren = await enter('maren')
  const silje = await enter('silje')
  const { page, context } = maren
  await select(page, 'Kveldsrutinen holder')
  await toolbarButton(page).click()
  await page.keyboard.type('Hvor lenge ')

  // Closed, and the view left and come back to: the draft is where it was.
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Til oversikten', exact: true }).click()
  const question = page.getByRole('dialog', { name: 'Noe er ikke delt ennå' })
  await question.getByRole('button', { name: 'Gå likevel' }).click()
  await page.getByRole('link', { name: /Jonas/ }).first().click()
  await text(page).getByText('Kveldsrutinen holder').scrollIntoViewIfNeeded()
  await page
    .getByRole('article', { name: /^Utkast/ })
    .getByRole('button', { name: 'Utkast' })
    .click()
  const field = page.getByRole('textbox', { name: 'Skriv en kommentar' })
  await expect(field).toBeFocused()
  await expect(field).toHaveText('Hvor lenge')
  await page.keyboard.type('har den holdt?')

  await context.setOffline(true)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Ikke sendt ennå. Teksten er trygg her')).toBeVisible({ timeout: 15_000 })
  await page.getByRole('link', { name: 'Til oversikten', exact: true }).click()
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Bli her' }).click()
  await context.setOffline(false)
  await expect(page.getByText('Ikke sendt ennå')).toHaveCount(0, { timeout: 30_000 })
  // Cards stand where their text is, and are there when it is on the screen.
  const look = () => text(silje.page).getByText('Kveldsrutinen holder').scrollIntoViewIfNeeded()
  await look()
  await expect(thread(silje.page, 'Hvor lenge har den holdt?')).toHaveCount(1)
  await silje.page.reload()
  await look()
  await expect(thread(silje.page, 'Hvor lenge har den holdt?')).toHaveCount(1)
  await expect(thread(silje.page, 'Hvor lenge har den holdt?').getByRole('listitem')).toHaveCount(1)
})

test('by keyboard alone: on the line, a mention, a reply, a change, a reaction, from the text and back', async ({
  enter,
}) => {
  const maren = await enter('maren')
  const silje = await enter('silje')
  const { page } = maren
  await paragraph(page, 'Kveldsrutinen holder').click()
  await page.keyboard.press('Control+Alt+m')
  await page.keyboard.type('Bra! Hva sier @sil')
  await expect(page.getByRole('option', { name: /Silje Nordhagen/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('om det?')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('Vi tar det i møtet.')
  await page.keyboard.press('Enter')
  const own = thread(page, 'Vi tar det i møtet.')
  await expect(own.locator('.mention')).toHaveText('@Silje Nordhagen')
  await page.keyboard.press('Escape')
  await expect(text(page)).toBeFocused()

  await paragraph(silje.page, 'Kveldsrutinen holder').click()
  const theirs = thread(silje.page, 'Vi tar det i møtet.')
  await expect(theirs).toBeVisible()
  // The editor hears of the click a moment after it.
  await expect(async () => {
    await silje.page.keyboard.press('F6')
    await expect(theirs).toBeFocused({ timeout: 1000 })
  }).toPass()
  await silje.page.keyboard.press('F6')
  await expect(text(silje.page)).toBeFocused()
  await silje.page.keyboard.press('F6')
  await theirs.getByRole('button', { name: 'Enig' }).press('Enter')
  await expect(own.getByText('Enig')).toBeVisible()
  await theirs.getByRole('textbox', { name: 'Svar i tråden' }).focus()
  await silje.page.keyboard.type('Ja, gerne.')
  await silje.page.keyboard.press('Enter')
  await theirs.getByRole('button', { name: 'Mer om kommentaren' }).press('Enter')
  await silje.page.getByRole('menuitem', { name: 'Endre' }).press('Enter')
  await expect(theirs.getByRole('textbox', { name: 'Endre' })).toBeFocused()
  await silje.page.keyboard.press('End')
  for (let i = 0; i < 6; i += 1) await silje.page.keyboard.press('Backspace')
  await silje.page.keyboard.type('gjerne.')
  await silje.page.keyboard.press('Enter')
  await expect(own.getByText('Ja, gjerne.')).toBeVisible()

  const list = await openList(silje.page)
  await list.getByRole('radio', { name: 'Nevner meg' }).check()
  await expect(list.getByRole('button', { name: /Hva sier @Silje/ })).toBeVisible()
  await list.getByRole('radio', { name: 'Ferdige' }).check()
  await expect(list.getByRole('button', { name: /Hva sier @Silje/ })).toHaveCount(0)
})

test('a goal is commented on as a whole, a thread becomes a measure, and the way to it is there', async ({
  enter,
}) => {
  const { page } = await enter('maren')
  await page.getByRole('button', { name: 'Mer om mål 1' }).click()
  await page.getByRole('menuitem', { name: 'Kommenter' }).click()
  await page.keyboard.type('Ringe hjem hver fredag?')
  await page.keyboard.press('Enter')
  const own = thread(page, 'Ringe hjem hver fredag?')
  await own.getByRole('button', { name: 'La tråden bli til noe' }).click()
  await page.getByRole('menuitem', { name: 'Et tiltak' }).click()
  await expect(own.getByText('Ble til et tiltak')).toBeVisible()
  await own.getByRole('button', { name: 'Vis tiltaket' }).click()
  await expect(
    text(page).locator('.node-measure').filter({ hasText: 'Ringe hjem hver fredag' }),
  ).toBeInViewport()
  await own.getByRole('button', { name: 'La tråden bli til noe' }).click()
  await page.getByRole('menuitem', { name: /Pedagogisk-psykologisk/ }).click()
  await expect(own.getByText(/Spurte .*venter på svar/)).toBeVisible()
})

test('who only reads a log reads its comments, and writes none', async ({ enter }) => {
  const maren = await enter('maren')
  await comment(maren.page, 'Kveldsrutinen holder', 'Dette går godt.')
  await expect(thread(maren.page, 'Dette går godt.')).toBeVisible()
  const headers = { origin: new URL(maren.page.url()).origin }
  const made = await maren.context.request.put('/api/cases/logg-a/members/bodil', {
    data: { role: 'reader' },
    headers,
  })
  expect(made.ok()).toBe(true)
  const { page } = await enter('bodil')
  await expect(thread(page, 'Dette går godt.')).toBeVisible()
  await expect(thread(page, 'Dette går godt.').getByRole('button')).toHaveCount(0)
  await select(page, 'Hjemme sover han')
  await expect(toolbarButton(page)).toHaveCount(0)
  const list = await openList(page)
  await expect(list.getByText('Du kan lese kommentarene.')).toBeVisible()
})
