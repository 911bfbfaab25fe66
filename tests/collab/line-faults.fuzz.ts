import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { logFragment } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { until } from '../support/client.ts'
import { type CollabServer, jonas, people, startCollab } from '../support/collab-server.ts'
import { type FlakyLine, openFlakyLine } from '../support/flaky-line.ts'
import { rounds, seed } from '../support/fuzz.ts'
import { Random } from '../support/random.ts'
import { Writer } from '../support/writer.ts'

const faults = rounds(60, 10_000)
const document = documentName(jonas, 'shared')
const writersOf = [people.maren, people.sigrid, people.petter, people.maren, people.sigrid]

/** The log read from the disk: whole, and from its newest checkpoint. */
async function fromDisk(server: CollabServer): Promise<string[]> {
  const { updates } = server.storage
  const read = async (after?: number) => {
    const doc = new Y.Doc()
    logFragment(doc)
    const { checkpoint, tail } = await updates.load(document, after)
    doc.transact(() => {
      if (checkpoint) Y.applyUpdate(doc, checkpoint.data)
      for (const { data } of tail) Y.applyUpdate(doc, data)
    })
    expect(doc.store.pendingStructs).toBeNull()
    return logFragment(doc).toString()
  }
  return [await read(), await read(0)]
}

test(`${faults} faults of the line, and restarts, lose nothing that was acknowledged (seed ${seed})`, {
  timeout: 120_000 + faults * 2000,
}, async () => {
  const random = new Random(seed)
  let server = await startCollab()
  const lines: FlakyLine[] = []
  for (const [index] of writersOf.entries())
    lines.push(await openFlakyLine(() => server.port, new Random(seed * 97 + index)))
  const writers = writersOf.map((person, index) => {
    const url = () => `ws://127.0.0.1:${lines[index]?.port}/collab`
    const ticket = (id: number) => server.ticket(person, document, id)
    return new Writer(`${person.id}${index}`, url, document, ticket, new Random(seed * 31 + index))
  })
  const acked = () => writers.reduce((sum, writer) => sum + writer.acked, 0)
  let counts = { cut: 0, dead: 0, slow: 0, restart: 0 }
  const writing = setInterval(() => {
    for (const writer of writers) if (writer.edits.length - writer.acked < 40) writer.write()
  }, 10)
  try {
    await until('everybody to join', () => writers.every(({ connected }) => connected), 60_000)
    for (let fault = 1; fault <= faults; fault++) {
      const line = random.pick(lines)
      const kind = random.next()
      if (fault % 30 === 0) {
        counts = { ...counts, restart: counts.restart + 1 }
        server = await server.restart()
      } else if (kind < 0.5) {
        counts = { ...counts, cut: counts.cut + 1 }
        line?.cut()
      } else if (kind < 0.75) {
        counts = { ...counts, dead: counts.dead + 1 }
        line?.die()
        // The client gives a silent line up by itself; here, after a moment.
        await new Promise((resolve) => setTimeout(resolve, random.below(40)))
        line?.cut()
      } else {
        counts = { ...counts, slow: counts.slow + 1 }
        line?.slow(random.chance(0.5) ? 0 : random.below(30))
      }
      await new Promise((resolve) => setTimeout(resolve, random.below(25)))
      if (fault % 500 === 0) {
        // What is acknowledged while the log is read may be later than the copy.
        const upTo = writers.map((writer) => writer.acked)
        const [whole = ''] = await fromDisk(server)
        for (const [at, writer] of writers.entries()) expect(writer.missingIn(whole, upTo[at])).toEqual([])
        console.log(`fault ${fault} of ${faults}: ${acked()} edits acknowledged, none lost`)
      }
    }
    clearInterval(writing)
    for (const line of lines) line.slow(0)
    await until('everything to be saved', () => writers.every(({ settled }) => settled), 120_000)
    const texts = () => writers.map(({ doc }) => logFragment(doc).toString())
    await until('all to be equal', () => new Set(texts()).size === 1, 60_000)
    const [live = ''] = texts()
    expect(await fromDisk(server)).toEqual([live, live])
    for (const writer of writers) {
      expect(writer.missingIn(live, writer.edits.length)).toEqual([])
      expect(writer.refusals.filter((reason) => reason.startsWith('update'))).toEqual([])
    }
    // Cold: another process would read the same.
    server = await server.restart()
    expect(await fromDisk(server)).toEqual([live, live])
    console.log(`${JSON.stringify(counts)}, ${acked()} edits`)
  } finally {
    clearInterval(writing)
    for (const writer of writers) writer.close()
    for (const line of lines) await line.close()
    await server.stop()
  }
})
