import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { checkUpdate } from '../../server/collab/check-update.ts'
import { readFrame } from '../../server/collab/frames.ts'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { type Client, openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'
import { rounds, seed } from '../support/fuzz.ts'
import { Random } from '../support/random.ts'
import {
  handmade,
  openRaw,
  updateBy,
  writeUint8Array,
  writeVarString,
  writeVarUint,
} from '../support/raw-socket.ts'

const frames = rounds(20_000, 1_000_000)
const sent = rounds(150, 10_000)
const CLIENT = 4242
const document = documentName(jonas, 'shared')

let server: CollabServer
let maren: Client
beforeAll(async () => {
  server = await startCollab()
  maren = openClient(server.port, document, (id) => server.ticket(people.maren, document, id))
  await maren.synced()
  appendParagraph(maren.doc, 'Det Maren skrev.')
  await maren.saved()
})
afterAll(async () => {
  maren.close()
  await server.stop()
})

/** A frame that a client sends, with some of its bytes changed, cut out or put in. */
function broken(random: Random, clientId: number, update: Uint8Array): Uint8Array {
  const kind = random.pick([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9]) ?? 0
  const frame = handmade((encoder) => {
    writeVarString(encoder, document)
    writeVarUint(encoder, kind)
    if (kind === 0 || kind === 4) writeVarUint(encoder, random.below(3))
    const body = kind === 1 ? handmade((inner) => awareness(inner, clientId)) : update
    writeVarUint(encoder, body.length)
    writeUint8Array(encoder, body)
  })
  const bytes = [...frame]
  for (let times = random.below(5); times > 0; times--) {
    const at = random.below(bytes.length)
    if (random.chance(0.6)) bytes[at] = random.below(256)
    else if (random.chance(0.5)) bytes.splice(at, 1 + random.below(4))
    else bytes.splice(at, 0, random.below(256), random.below(256))
  }
  return Uint8Array.from(bytes)
}

const awareness = (encoder: Parameters<Parameters<typeof handmade>[0]>[0], clientId: number) => {
  writeVarUint(encoder, 1)
  writeVarUint(encoder, clientId)
  writeVarUint(encoder, 1)
  writeVarString(encoder, '{"place":"1:1"}')
}

const honest = (clientId: number) =>
  updateBy(clientId, Y.encodeStateAsUpdate(maren.doc), (doc) => appendParagraph(doc, 'Fra Petter.'))

test(`${frames} malformed frames are read with our own errors alone, and memory stays flat (seed ${seed})`, {
  timeout: 60_000 + frames,
}, () => {
  const random = new Random(seed)
  const update = honest(CLIENT)
  const doc = new Y.Doc()
  logFragment(doc)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(maren.doc))
  let refused = 0
  const read = (count: number) => {
    for (let index = 0; index < count; index++) {
      const frame = broken(random, CLIENT, update)
      try {
        readFrame(frame)
        checkUpdate(doc, CLIENT, frame.subarray(frame.length - update.length))
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        refused++
      }
    }
  }
  read(Math.min(frames, 10_000))
  const before = process.memoryUsage().heapUsed
  read(Math.max(0, frames - 10_000))
  expect(refused).toBeGreaterThan(frames / 2)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1024 * 1024)
})

test(`${sent} of them over real sockets: the server stands, and a colleague’s work goes on (seed ${seed})`, {
  timeout: 60_000 + sent * 200,
}, async () => {
  const random = new Random(seed * 3 + 1)
  const printed: unknown[] = []
  const { error, warn } = console
  console.error = (...given) => printed.push(given)
  console.warn = (...given) => printed.push(given)
  try {
    for (let index = 0; index < sent; index++) {
      const clientId = 10_000 + index
      const raw = await openRaw(server.port)
      raw.auth(document, await server.ticket(people.petter, document, clientId))
      if (random.chance(0.8)) await until('sign-in', () => raw.types.includes(5))
      const update = honest(clientId)
      for (let left = 1 + random.below(4); left > 0; left--) raw.bytes(broken(random, clientId, update))
      if (random.chance(0.3))
        await until('a verdict', () => !raw.open() || raw.types.includes(8), 500).catch(() => {})
      raw.close()
      if (index % 25 === 0) {
        appendParagraph(maren.doc, `etter ${index}`)
        await maren.saved()
      }
    }
  } finally {
    console.error = error
    console.warn = warn
  }
  await maren.saved()
  expect(maren.closed).toEqual([])
  // What a library prints of what it cannot read would be somebody's text.
  expect(printed).toEqual([])
  await until('the others to be gone', () => server.collab.metrics().visitors === 1)
})
