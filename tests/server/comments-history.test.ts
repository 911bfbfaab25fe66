import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendParagraph, findBlock, logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { BlockId, CaseId } from '../../shared/ids.ts'
import { connect, until } from '../support/client.ts'
import { commentersOf, markedBy } from '../support/commenters.ts'
import { startApp, type TestApp } from '../support/server.ts'

let app: TestApp
let people: ReturnType<typeof commentersOf>
let maren: string
let silje: string
let camilla: string

beforeAll(async () => {
  app = await startApp()
  people = commentersOf(app, 'logg-a')
  maren = await app.signIn('maren')
  silje = await app.signIn('silje')
  camilla = await app.signIn('camilla')
})
afterAll(() => app.stop())

async function read(path: string) {
  const answer = await fetch(`${app.url}/api/cases/logg-a/${path}`, { headers: { cookie: maren } })
  const body: Record<string, unknown> = await answer.json()
  return body
}
const now = async () => Number((await read('history'))['seq'])
async function restore(body: object) {
  const answer = await fetch(`${app.url}/api/cases/logg-a/history/restore`, {
    method: 'POST',
    headers: { cookie: maren, 'content-type': 'application/json' },
    body: JSON.stringify({ id: people.id('restore'), ...body }),
  })
  expect(answer.status).toBe(200)
}
const open = () => connect(app, maren, documentName(CaseId.parse('logg-a'), 'shared'))

test('a comment is no work on the log: no session, no day, no news, no line and no byline of its writer', async () => {
  const { seq, ...history } = await read('history')
  const news = await read('news')
  await people.start(camilla, await people.on(camilla, 'Hjemme sover han dårlig'), 'Bedre nå.')
  await people.start(silje, await people.on(silje, 'Magevondt om morgenen'), 'Hver dag?')
  const { seq: later, ...after } = await read('history')
  // The marks are in the log's past, and nothing is told of them.
  expect(Number(later)).toBeGreaterThan(Number(seq))
  expect(after).toEqual(history)
  expect((await read('news'))['items']).toEqual(news['items'])
})

test('a block that was taken away and brought back has its thread again, and the thread says so meanwhile', async () => {
  const { thread } = await people.start(camilla, await people.on(camilla, 'alene i friminutt'), 'Med hvem?')
  const before = await now()
  const writer = await open()
  const block = findBlock(writer.doc, BlockId.parse('a-undring'))
  const log = logFragment(writer.doc)
  log.delete(block ? log.toArray().indexOf(block) : 0, 1)
  await writer.saved()
  await until('the thread to say so', async () => (await people.one(maren, thread.id)).thread.anchor.gone)
  expect((await people.one(maren, thread.id)).thread.anchor).toMatchObject({ quote: 'alene i friminutt' })
  await restore({ seq: before, block: 'a-undring' })
  await until('it to be back', async () => !(await people.one(maren, thread.id)).thread.anchor.gone)
  await until('its mark', () => markedBy(writer.doc, thread.id) === 'alene i friminutt')
  writer.close()
})

test('the whole log brought back to a moment before a comment keeps the comment where its text stands', async () => {
  const before = await now()
  const { thread } = await people.start(
    silje,
    await people.on(silje, 'voksen møter ved porten'),
    'Hvem er det?',
  )
  const writer = await open()
  appendParagraph(writer.doc, 'En linje for mye.')
  await writer.saved()
  await restore({ seq: before })
  await until('the line to go', () => !logFragment(writer.doc).toString().includes('En linje for mye.'))
  expect(markedBy(writer.doc, thread.id)).toBe('voksen møter ved porten')
  expect((await people.one(maren, thread.id)).thread.anchor.gone).toBe(false)
  writer.close()
})

test('words that were written anew without their mark have it again', async () => {
  const { thread } = await people.start(silje, await people.on(silje, 'fast kveldsrutine'), 'Holder den?')
  const writer = await open()
  const measure = findBlock(writer.doc, BlockId.parse('a-tiltak-4'))
  const text = measure?.toArray()[0]
  // Written anew by somebody whose editor knew of no mark.
  writer.doc.transact(() => {
    if (text && 'delete' in text && 'insert' in text) {
      text.delete(0, text.length)
      Reflect.apply(text.insert, text, [0, 'fast kveldsrutine'])
    }
  })
  await writer.saved()
  await until('its mark', () => markedBy(writer.doc, thread.id) === 'fast kveldsrutine')
  writer.close()
})
