import {
  type Enter,
  expect,
  expectEqual,
  expectSaved,
  paragraph,
  type Someone,
  type Stage,
  share,
  writeAfter,
} from './log-people.ts'

/** Three services write in one log, one of them offline in between; the server is killed and comes back. */
export async function threeServices(stage: Stage, enter: Enter): Promise<Someone> {
  const maren = await enter('maren')
  const haakon = await enter('haakon')
  const silje = await enter('silje')

  await silje.context.setOffline(true)
  await Promise.all([
    writeAfter(maren.page, 'Hjemme sover han', ' Skolen har sett det samme.'),
    writeAfter(haakon.page, 'Han sto klar utenfor', ' PPT observerte i går.'),
    writeAfter(silje.page, 'Jeg tror det er uro', ' Samtalen i dag sier det samme.'),
  ])
  await share(silje.page, 'Helsesøster skrev denne uten nett.')
  await share(maren.page, 'Maren skrev denne imens.')
  await expect(silje.page.locator('.save-status')).toContainText('linjer venter')
  await expect(paragraph(silje.page, 'Maren skrev denne imens')).toHaveCount(0)

  await silje.context.setOffline(false)
  await expect(silje.page.locator('.save-status')).toContainText('2 linjer er delt', { timeout: 15_000 })
  const words = [
    'Skolen har sett det samme.',
    'PPT observerte i går.',
    'Samtalen i dag sier det samme.',
    'uten nett.',
    'imens.',
  ]
  await expectEqual([maren, haakon, silje], ...words)
  for (const { page } of [maren, haakon, silje]) await expectSaved(page)

  await stage.end('SIGKILL')
  await writeAfter(haakon.page, 'Kveldsrutinen holder', ' Skrevet mens tjeneren var nede.')
  await stage.start()
  await expectEqual([maren, haakon, silje], ...words, 'mens tjeneren var nede.')
  for (const { page } of [maren, haakon, silje]) await expectSaved(page)
  const late = await enter('amina')
  await expectEqual([maren, late], ...words)
  return maren
}
