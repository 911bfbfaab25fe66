import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'
import {
  handmade,
  openRaw,
  type RawSocket,
  updateBy,
  writeVarString,
  writeVarUint,
} from '../support/raw-socket.ts'

const document = documentName(jonas, 'shared')
let server: CollabServer
let maren: Client
const raws: RawSocket[] = []

beforeAll(async () => {
  server = await startCollab()
  maren = openClient(server.port, document, (id) => server.ticket(people.maren, document, id))
  await maren.synced()
  appendParagraph(maren.doc, 'Det Maren skrev.')
  await maren.saved()
})

/** After every attack the server stands, and Maren works on as if nothing had been. */
afterEach(async () => {
  for (const raw of raws.splice(0)) raw.close()
  const before = maren.closed.length
  appendParagraph(maren.doc, `etter ${expect.getState().currentTestName}`)
  await maren.saved()
  expect(maren.closed).toHaveLength(before)
})

afterAll(async () => {
  maren.close()
  await server.stop()
})

let lastId = 1000
async function enter() {
  const clientId = ++lastId
  const raw = await openRaw(server.port)
  raws.push(raw)
  raw.auth(document, await server.ticket(people.petter, document, clientId))
  await until('sign-in', () => raw.types.includes(5))
  return { raw, clientId }
}

const state = () => Y.encodeStateAsUpdate(maren.doc)
const closeOf = (code: ErrorCode) => ({ code: new AppError(code).close, reason: code })
const refusals = async () => {
  const { rows } = server.storage
  const found = await rows
    .selectFrom('audit')
    .where('action', '=', 'refused')
    .orderBy('seq')
    .selectAll()
    .execute()
  return found.map(({ person, case_id, detail }) => `${person} ${case_id} ${detail}`)
}
const stored = async () => (await server.storage.updates.load(document)).tail.length

describe('updates that are refused, and not stored', () => {
  const attacks: [string, ErrorCode, (clientId: number) => Uint8Array | [Uint8Array, step2: boolean]][] = [
    ['bytes that are no update', 'updateMalformed', () => new Uint8Array([9, 9, 9, 9, 9])],
    ['nothing at all', 'updateMalformed', () => new Uint8Array()],
    ['a whole update with bytes after it', 'updateMalformed', () => new Uint8Array([0, 0, 1])],
    [
      'a count far beyond its bytes',
      'updateMalformed',
      (id) =>
        handmade((encoder) => {
          writeVarUint(encoder, 1)
          writeVarUint(encoder, 2 ** 40)
          writeVarUint(encoder, id)
          writeVarUint(encoder, 0)
        }),
    ],
    ['structs of a colleague’s client', 'updateForged', () => write(maren.doc.clientID, 'Som Maren.')],
    ['structs of a client nobody has', 'updateForged', () => write(77, 'Som ingen.')],
    ['a gap', 'updateIncomplete', (id) => second(id)],
    ['something built on what is not there', 'updateIncomplete', (id) => onUnknown(id)],
    [
      'deleting what is not there',
      'updateIncomplete',
      () =>
        handmade((encoder) => {
          for (const value of [0, 1, 4242, 1, 0, 10]) writeVarUint(encoder, value)
        }),
    ],
    [
      'another root type',
      'updateUnknownContent',
      (id) => updateBy(id, state(), (doc) => doc.getMap('other').set('a', 1)),
    ],
    ['an element that is no block', 'updateUnknownContent', (id) => element(id, 'script')],
    ['a block where it cannot stand', 'updateUnknownContent', (id) => element(id, 'goalTitle')],
    [
      'an attribute that the block does not have',
      'updateUnknownContent',
      (id) => updateBy(id, state(), (doc) => paragraph(doc).setAttribute('onclick', 'x')),
    ],
    [
      'an attribute that holds another shared type',
      'updateUnknownContent',
      (id) =>
        updateBy(id, state(), (doc) =>
          Reflect.apply(paragraph(doc).setAttribute, paragraph(doc), ['id', new Y.Map()]),
        ),
    ],
    ['an unknown mark', 'updateUnknownContent', (id) => mark(id, { blink: {} })],
    [
      'a link that runs code',
      'updateUnknownContent',
      (id) => mark(id, { link: { href: 'javascript:alert(1)' } }),
    ],
    [
      'something embedded in the text',
      'updateUnknownContent',
      (id) => updateBy(id, state(), (doc) => textOf(doc).insertEmbed(0, { image: 'x' })),
    ],
  ]

  const paragraph = (doc: Y.Doc) => {
    const first = logFragment(doc).get(0)
    if (!(first instanceof Y.XmlElement)) throw new Error('no paragraph')
    return first
  }
  const textOf = (doc: Y.Doc) => {
    const text = paragraph(doc).get(0)
    if (!(text instanceof Y.XmlText)) throw new Error('no text')
    return text
  }
  const write = (id: number, text: string) =>
    updateBy(id, id === maren.doc.clientID ? state() : undefined, (doc) => appendParagraph(doc, text))
  const element = (id: number, name: string) =>
    updateBy(id, state(), (doc) => logFragment(doc).insert(0, [new Y.XmlElement(name)]))
  const mark = (id: number, marks: object) => updateBy(id, state(), (doc) => textOf(doc).format(0, 3, marks))

  function second(id: number) {
    const doc = new Y.Doc()
    doc.clientID = id
    appendParagraph(doc, 'første')
    const vector = Y.encodeStateVector(doc)
    appendParagraph(doc, 'andre')
    return Y.encodeStateAsUpdate(doc, vector)
  }
  function onUnknown(id: number) {
    const other = new Y.Doc()
    other.clientID = 78
    appendParagraph(other, 'ukjent')
    const base = Y.encodeStateAsUpdate(other)
    return updateBy(id, base, (doc) => textOf(doc).insert(2, 'midt i'))
  }

  test.each(attacks)('%s → %s', async (_name, code, make) => {
    const { raw, clientId } = await enter()
    const before = await stored()
    const made = make(clientId)
    const [update, step2] = made instanceof Uint8Array ? [made, false] : made
    raw.update(document, update, step2)
    expect(await raw.closing()).toEqual(closeOf(code))
    expect(await stored()).toBe(before)
    await until(
      'the refusal to be in the audit',
      async () => (await refusals()).at(-1)?.includes(code) ?? false,
    )
  })

  test('a frame beyond the limit closes the socket before it is read', async () => {
    const { raw } = await enter()
    raw.update(document, new Uint8Array(1024 * 1024 + 1))
    expect((await raw.closing())?.code).toBe(1009)
  })

  test('text frames, unknown message types and a second document close the socket', async () => {
    const text = await enter()
    text.raw.ws.send('hello')
    expect(await text.raw.closing()).toEqual(closeOf('invalidInput'))
    for (const type of [5, 6, 8, 9, 12]) {
      const other = await enter()
      other.raw.frame(document, (encoder) => {
        writeVarUint(encoder, type)
        writeVarString(encoder, 'x'.repeat(100))
      })
      expect(await other.raw.closing()).toEqual(closeOf('invalidInput'))
    }
    const two = await enter()
    two.raw.auth('case/sara/shared', await server.ticket(people.petter, document, ++lastId))
    expect(await two.raw.closing()).toEqual(closeOf('ticketInvalid'))
  })

  test('old messages of one’s own, in any order, bring nothing back and change nothing', async () => {
    const { raw, clientId } = await enter()
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state())
    doc.clientID = clientId
    const made: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => made.push(update))
    for (let index = 0; index < 5; index++) appendParagraph(doc, `gammel ${index}`)
    logFragment(doc).delete(logFragment(doc).length - 5, 5)
    for (const update of made) raw.update(document, update)
    const answers = () => raw.types.filter((type) => type === 8).length
    await until('all to be acknowledged', () => answers() === made.length)
    const before = await stored()
    for (const update of [...made.toReversed(), ...made]) raw.update(document, update)
    await until('the old ones as well', () => answers() === made.length * 3)
    expect(await stored()).toBe(before)
    expect(logFragment(maren.doc).toString()).not.toContain('gammel')
    raw.close()
    // On another connection, under another client id, they are known and bring nothing.
    const replaying = await enter()
    const [first] = made
    if (first) replaying.raw.update(document, first)
    await until('an answer', () => replaying.raw.types.includes(8))
    expect(await stored()).toBe(before)
  })

  test('what everybody has already may be sent again, and is not stored again', async () => {
    const { raw } = await enter()
    const before = await stored()
    raw.update(document, state(), true)
    await until('an acknowledgement', () => raw.types.includes(8))
    expect(raw.open()).toBe(true)
    expect(await stored()).toBe(before)
  })
})
