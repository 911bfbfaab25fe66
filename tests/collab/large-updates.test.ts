import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendParagraph, logFragment } from '../../shared/case-log/document.ts'
import { documentName, limits } from '../../shared/collab/protocol.ts'
import { openClient, until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'
import { Random } from '../support/random.ts'
import { Writer } from '../support/writer.ts'

const document = documentName(jonas, 'shared')
let server: CollabServer
beforeEach(async () => {
  server = await startCollab()
})
afterEach(() => server.stop())

test('more than a frame holds comes in parts, written offline and pasted, and is all there is to it', async () => {
  const url = () => `ws://127.0.0.1:${server.port}/collab`
  const ticket = (id: number) => server.ticket(people.maren, document, id)
  const writer = new Writer('maren', url, document, ticket, new Random(1))
  const paste = (token: string) => {
    writer.edits.push({ token, there: true })
    appendParagraph(writer.doc, token + 'å'.repeat(limits.frame))
  }
  paste('skrevet før det var nett.')
  await until('the offline text to be saved', () => writer.settled)
  paste('limt inn.')
  await until('the paste to be saved', () => writer.settled)
  expect(writer.refusals).toEqual([])
  const petter = openClient(server.port, document, (id) => server.ticket(people.petter, document, id))
  await petter.synced()
  const text = logFragment(petter.doc).toString()
  expect(writer.missingIn(text)).toEqual([])
  expect(text).toBe(logFragment(writer.doc).toString())
  petter.close()
  writer.close()
})
