import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { LogText } from '../../server/comments/log-text.ts'
import { clearMark, writeMark } from '../../server/comments/place-mark.ts'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { commentKey } from '../../shared/case-log/mark-key.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { CaseId, ThreadId } from '../../shared/ids.ts'
import { type Client, connect, until } from '../support/client.ts'
import { commentersOf, markedBy } from '../support/commenters.ts'
import { startApp, type TestApp } from '../support/server.ts'

const document = documentName(CaseId.parse('logg-a'), 'shared')
const words = 'Magevondt om morgenen'
let app: TestApp
let people: ReturnType<typeof commentersOf>
let maren: string
let thread: ThreadId
const clients: Client[] = []

beforeAll(async () => {
  app = await startApp()
  people = commentersOf(app, 'logg-a')
  maren = await app.signIn('maren')
  const put = { method: 'PUT', headers: { cookie: maren, 'content-type': 'application/json' } }
  await fetch(`${app.url}/api/cases/logg-a/members/bodil`, {
    ...put,
    body: JSON.stringify({ role: 'reader' }),
  })
  thread = (await people.start(maren, await people.on(maren, words), 'Hva gjør vi?')).thread.id
})
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})
afterAll(() => app.stop())

async function open(person: string) {
  const client = await connect(app, await app.signIn(person), document)
  clients.push(client)
  return client
}

const stored = async () => {
  const { count } = await app.storage.rows
    .selectFrom('updates')
    .where('document', '=', document)
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Text of the log, with its marks, as the server gives it to somebody who comes. */
const log = async () => logFragment(await people.log(maren)).toString()

function spanOf(doc: Y.Doc, quote: string) {
  const text = new LogText(doc)
  const from = text.words.indexOf(quote)
  return { text, span: { from, to: from + quote.length } }
}

function textWith(doc: Y.Doc, quote: string): Y.XmlText {
  const { text, span } = spanOf(doc, quote)
  const [place] = text.placesOf([span])
  if (!place) throw new Error(`no «${quote}»`)
  return place.text
}

const forgeries: [string, (doc: Y.Doc) => void][] = [
  ['text', (doc) => appendParagraph(doc, 'Skrevet forbi kommentaren.')],
  [
    'a mark on other text',
    (doc) => {
      const { text, span } = spanOf(doc, 'alene i friminutt')
      doc.transact(() => writeMark(text, [span], thread))
    },
  ],
  [
    'a mark taken off',
    (doc) => {
      const { text, span } = spanOf(doc, words)
      doc.transact(() => clearMark(text, [span], thread))
    },
  ],
  ['text taken away', (doc) => logFragment(doc).delete(0, 2)],
]

for (const person of ['camilla', 'bodil']) {
  for (const [what, forge] of forgeries)
    test(`${person}, who does not write in the log, sends ${what}: nothing changes for anybody`, async () => {
      const before = await log()
      const count = await stored()
      const client = await open(person)
      await until('read only', () => client.heard.some((one) => one.type === 'access' && !one.write))
      const colleague = await open('silje')
      forge(client.doc)
      // One connection's messages are handled in their order: who sees this has seen what the other did before.
      client.awareness.setLocalState({})
      const sent = client.awareness.meta.get(client.doc.clientID)?.clock ?? 0
      await until(
        'all of it to be handled',
        () => (colleague.awareness.meta.get(client.doc.clientID)?.clock ?? -1) >= sent,
      )
      appendParagraph(colleague.doc, `Etter ${person} ${what}.`)
      await colleague.saved()
      expect(await stored()).toBe(count + 1)
      expect(await log()).toBe(`${before}<paragraph>Etter ${person} ${what}.</paragraph>`)
      expect(markedBy(colleague.doc, thread)).toBe(words)
    })

  test(`${person} says in their presence that they are somebody else: they are shown as themselves`, async () => {
    const client = await open(person)
    const colleague = await open('silje')
    client.awareness.setLocalState({
      user: { person: 'maren', name: 'Maren', comment: 'x' },
      thread: 'forged',
    })
    await until('them to be seen', () => colleague.awareness.getStates().has(client.doc.clientID))
    const seen = JSON.stringify(colleague.awareness.getStates().get(client.doc.clientID))
    expect(seen).toContain(person)
    expect(seen).not.toMatch(/maren|forged/i)
  })
}

const id = ThreadId.parse('t-1')
const marks: [string, string, unknown][] = [
  ['no thread', commentKey(id), {}],
  ['a number for a thread', commentKey(id), { thread: 7 }],
  ['an id that no thread can have', commentKey(id), { thread: 'a b<script>' }],
  ['more than a thread', commentKey(id), { thread: id, resolved: true }],
  ['a list', commentKey(id), [id]],
  ['words', commentKey(id), 'thread'],
  ['another thread’s key', commentKey(ThreadId.parse('t-2')), { thread: id }],
  ['no hash in its key', 'comment', { thread: id }],
]
for (const [what, key, value] of marks)
  test(`a writer’s mark with ${what} is refused, and nothing of it is stored`, async () => {
    const before = await log()
    const count = await stored()
    const writer = await open('silje')
    textWith(writer.doc, words).format(0, 4, { [key]: value })
    await until('to be refused', () => writer.closed.some(({ reason }) => reason === 'updateUnknownContent'))
    expect(await stored()).toBe(count)
    expect(await log()).toBe(before)
  })

test('a writer who draws a mark over other text has it taken off again; text written into it stays', async () => {
  const writer = await open('silje')
  const { text, span } = spanOf(writer.doc, 'alene i friminutt')
  writer.doc.transact(() => writeMark(text, [span], thread))
  await writer.saved()
  await until('the mark to be put right', () => markedBy(writer.doc, thread) === words)
  const into = textWith(writer.doc, words)
  into.insert(
    into
      .toString()
      .replace(/<[^>]*>/g, '')
      .indexOf('om morgenen'),
    'hver dag ',
  )
  await writer.saved()
  await until('the row to follow', async () => {
    const { anchor } = (await people.one(maren, thread)).thread
    return anchor.quote === 'Magevondt hver dag om morgenen' && !anchor.gone
  })
})
