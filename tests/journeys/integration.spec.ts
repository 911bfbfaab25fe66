import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { expect, expectSaved, paragraph, share, test, text } from './log-people.ts'

test('a program with y-websocket’s own provider writes beside two browsers: seen, signed, and refused when it may only read', async ({
  stage,
  enter,
}) => {
  const maren = await enter('maren')
  const haakon = await enter('haakon')
  const origin = { origin: stage.url }
  const signIn = await maren.context.browser()?.newContext({ baseURL: stage.url })
  if (!signIn) throw new Error('no browser')
  await signIn.request.post('/api/demo/sign-in', { data: { person: 'bodil' }, headers: origin })
  const made = await signIn.request.post('/api/service-accounts', {
    data: { name: 'Skoleruta', service: 'fjordvik-skole' },
    headers: origin,
  })
  const { account, secret }: { account: { id: string }; secret: string } = await made.json()
  await signIn.close()
  const setRole = (role: string) =>
    maren.context.request.put(`/api/cases/logg-a/members/${account.id}`, { data: { role }, headers: origin })
  expect((await setRole('professional')).ok()).toBe(true)

  const doc = new Y.Doc()
  const document = 'case/logg-a/shared'
  const answer = await fetch(`${stage.url}/api/collab/ticket`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ document, clientId: doc.clientID, blocksVersion: BLOCKS_VERSION }),
  })
  const { ticket }: { ticket: string } = await answer.json()
  const url = `${stage.url.replace('http', 'ws')}/sync`
  const provider = new WebsocketProvider(url, document, doc, { params: { ticket }, disableBc: true })
  try {
    await expect(haakon.page.locator('.here-name', { hasText: 'Skoleruta' })).toHaveCount(1)
    appendParagraph(doc, 'Planleggingsdag på fredag.')
    await expect(paragraph(maren.page, 'Planleggingsdag på fredag.')).toHaveAttribute(
      'data-byline',
      /^Skoleruta · /,
    )
    await expect(paragraph(haakon.page, 'Planleggingsdag på fredag.')).toHaveAttribute(
      'data-service',
      'fjordvik-skole',
    )
    await share(haakon.page, 'Da blir det ingen samtale.')
    await expectSaved(haakon.page)
    await expect.poll(() => logFragment(doc).toString()).toContain('Da blir det ingen samtale.')

    expect((await setRole('reader')).ok()).toBe(true)
    appendParagraph(doc, 'Dette skal ingen se.')
    await share(maren.page, 'En linje etterpå.')
    await expect.poll(() => logFragment(doc).toString()).toContain('En linje etterpå.')
    await expect(text(haakon.page)).toContainText('En linje etterpå.')
    await expect(text(haakon.page)).not.toContainText('Dette skal ingen se.')
  } finally {
    provider.destroy()
  }
})
