import { expect, expectEqual, expectSaved, paragraph, share, test, text, writeAfter } from './log-people.ts'
import { threeServices } from './three-services.ts'

test('three services write in one log, one of them offline in between; equal everywhere, and after a restart', async ({
  stage,
  enter,
}) => {
  await threeServices(stage, enter)
})

test('eight at once write, rate and move blocks; nothing is lost and all logs are equal', async ({
  enter,
}) => {
  test.setTimeout(300_000)
  const names = ['maren', 'haakon', 'silje', 'amina', 'jostein', 'tore', 'ragnhild', 'henrik']
  const people = await Promise.all(names.map((name) => enter(name)))
  const [maren, haakon, silje] = people
  if (!maren || !haakon || !silje) throw new Error('eight people were asked for')

  // Two of them rate first; their fellow writers are at it already.
  const rates = new Map([
    [haakon, /^0 .*Vurder for PPT/],
    [silje, /^\+1 .*Vurder for/],
  ])
  await Promise.all(
    people.map(async (person, at) => {
      const rating = rates.get(person)
      if (rating) await person.page.getByRole('button', { name: rating }).click()
      await share(person.page, `Linje fra ${names[at]}.`)
    }),
  )
  // A block moves while somebody writes in it and others write around it.
  await paragraph(maren.page, 'Kom fire dager på rad').click()
  await Promise.all([
    maren.page.keyboard.press('Alt+ArrowUp'),
    writeAfter(haakon.page, 'Kom fire dager på rad', ' Og en dag til.'),
    writeAfter(silje.page, 'Kveldsrutinen holder', ' Bra.'),
  ])
  await expectEqual(people, ...names.map((name) => `Linje fra ${name}.`), 'Og en dag til.', ' Bra.')
  for (const { page } of people) {
    await expectSaved(page)
    await expect(text(page).getByText(/^Linje fra/)).toHaveCount(8)
  }
})
