import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { loseUpdates } from '../support/lose-updates.ts'
import { expect, expectSaved, paragraph, share, test, text, writeAfter } from './log-people.ts'

const document = 'case/logg-a/shared'

function lastSeq(dataDir: string): number {
  const db = new DatabaseSync(join(dataDir, 'stafett.db'), { readOnly: true })
  const row = db.prepare('SELECT max(seq) AS seq FROM updates WHERE document = ?').get(document)
  db.close()
  return Number(row?.['seq'])
}

test('a server restored from an older copy: own words stay, a colleague’s are set aside and taken in under their name', async ({
  stage,
  enter,
}) => {
  const maren = await enter('maren')
  const haakon = await enter('haakon')
  await share(maren.page, 'Dette står i kopien.')
  await expectSaved(maren.page)
  const { dataDir } = stage.server()
  const kept = lastSeq(dataDir)
  await share(haakon.page, 'Håkons linje etter kopien.')
  await expectSaved(haakon.page)
  await writeAfter(maren.page, 'Håkons linje etter', ' Enig!')
  await expectSaved(maren.page)
  await haakon.context.close()

  await stage.end()
  loseUpdates(dataDir, document, kept)
  await stage.start()

  const { page } = maren
  await expect(page.getByText('Det du hadde skrevet, er med.', { exact: false })).toBeVisible()
  await expectSaved(page)
  await expect(paragraph(page, 'Enig!')).toHaveAttribute('data-byline', /^Du · /)
  await expect(text(page)).not.toContainText('Håkons linje')
  await page.getByRole('button', { name: 'Sett', exact: true }).click()

  await page.getByRole('button', { name: 'Se hva det er' }).click()
  const dialog = page.getByRole('dialog', { name: 'Lagt til side' })
  await expect(dialog.getByText('Håkons linje etter kopien.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Ta inn igjen (som Håkon)' }).click()
  await expect(dialog.getByText('Ingenting venter lenger.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(paragraph(page, 'Håkons linje etter')).toHaveAttribute('data-byline', /^Håkon · /)
  await expect(page.getByText('Den venter på deg.', { exact: false })).toHaveCount(0)
})
