import { documentName } from '../../shared/collab/protocol.ts'
import { CaseId } from '../../shared/ids.ts'
import { connect } from '../support/client.ts'
import { expect, paragraph, test, text, writeAfter } from './log-people.ts'

test('faces, a named caret, «… skriver», and a polite word when somebody comes and goes', async ({
  enter,
}) => {
  const maren = await enter('maren')
  await expect(maren.page.getByText('Bare du er her')).toBeVisible()
  const haakon = await enter('haakon')
  await expect(maren.page.getByText('Håkon er her', { exact: true }).first()).toBeVisible()
  await expect(maren.page.locator('[aria-live]')).toContainText(/Håkon/, { timeout: 12_000 })

  await writeAfter(haakon.page, 'Hjemme sover han', ' Enig.')
  await expect(text(maren.page).locator('.caret-name')).toHaveText('Håkon')
  await expect(paragraph(maren.page, 'Hjemme sover han')).toHaveAttribute('data-byline', 'Håkon skriver …')
  await expect(maren.page.locator('.member').filter({ hasText: 'Håkon' })).toContainText('skriver nå')
  await expect(paragraph(maren.page, 'Hjemme sover han')).toHaveAttribute(
    'data-byline',
    /Camilla og Håkon · nå/,
    { timeout: 12_000 },
  )

  await haakon.context.close()
  await expect(maren.page.getByText('Bare du er her')).toBeVisible()
})

test('following somebody, by block, until you move yourself', async ({ enter }) => {
  const maren = await enter('maren')
  const haakon = await enter('haakon')
  await paragraph(haakon.page, 'Hjemme sover han').click()
  await maren.page.getByRole('button', { name: /Følg Håkon/ }).click()
  await expect(maren.page.getByText('Du følger Håkon')).toBeVisible()
  await paragraph(haakon.page, 'Kveldsrutinen holder').click()
  await expect(paragraph(maren.page, 'Kveldsrutinen holder')).toBeInViewport()
  await maren.page.keyboard.press('Escape')
  await expect(maren.page.getByText('Du følger Håkon')).toHaveCount(0)
})

test('who claims another’s name in presence is shown by their own', async ({ stage, enter }) => {
  const maren = await enter('maren')
  const cookie = await stage.server().signIn('haakon')
  const forger = await connect(stage.server(), cookie, documentName(CaseId.parse('logg-a'), 'shared'))
  forger.provider.awareness?.setLocalState({
    user: { id: 'bodil', name: 'Bodil Haugsrud', service: 'fjordvik-skole' },
  })
  await expect(maren.page.getByRole('button', { name: /Følg Håkon Viermyr/ })).toBeVisible()
  await expect(maren.page.getByRole('button', { name: /Følg Bodil/ })).toHaveCount(0)
  forger.close()
})
