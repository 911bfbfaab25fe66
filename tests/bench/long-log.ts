import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import * as Y from 'yjs'
import { openDatabase, type Storage } from '../../server/db/open.ts'
import { DocumentName } from '../../shared/collab/protocol.ts'
import { ClientId } from '../../shared/ids.ts'
import { quiet } from './arrival.ts'
import { using } from './bench.ts'
import type { Written } from './opening.ts'
import { type RunningStafett, stafett } from './stafett.ts'
import { seeded } from './statistics.ts'
import type { System } from './system.ts'
import { charactersOf, clocksOf, Typist } from './typist.ts'

const YEAR = 365 * 24 * 60 * 60 * 1000
const sitting = 500
const years = 2
const typingPace = 350
/** How many appends are under way at once: they share commits, as those of many people do. */
const atOnce = 1000

type Edit = {
  readonly clientId: number
  readonly person: number
  readonly at: number
  readonly data: Uint8Array
}
export type LongLog = { readonly doc: Y.Doc; readonly edits: readonly Edit[] }

/** Years of work in one log: sitting after sitting, ten people in turn, one character an edit. */
export function typeLongLog(edits: number): LongLog {
  const doc = new Y.Doc()
  const random = seeded(edits)
  const made: Edit[] = []
  const from = Date.now() - years * YEAR
  let person = 0
  let at = 0
  doc.on('update', (data: Uint8Array) => made.push({ clientId: doc.clientID, person, at, data }))
  while (made.length < edits) {
    const start = from + Math.floor((made.length / edits) * years * YEAR)
    person = Math.floor(random() * 10)
    doc.clientID = Math.floor(random() * 0x7fff_fff0) + 1
    at = start
    const typist = new Typist(doc, made.length)
    for (let key = 1; key < sitting && made.length < edits; key++) {
      at = start + key * typingPace
      typist.type()
    }
  }
  return { doc, edits: made }
}

/** Where Stafett has the log: behind a checkpoint, half of it behind one, or in the updates alone. */
export type Places = { readonly checkpoint: string; readonly tail: string; readonly alone: string }

/** Puts the log into Stafett's store, as the gate would, in all three states. */
export async function storeInStafett({ doc, edits }: LongLog, places: Places): Promise<Written> {
  const { log, staff } = await using(stafett, places.alone, async (server) => {
    const name = await server.createLog()
    const peer = await server.join(name, 0)
    peer.close()
    return { log: name, staff: server.staff }
  })
  const written = { log, clocks: clocksOf(doc), characters: charactersOf(doc), rate: Number.NaN }
  const document = DocumentName.parse(log)
  const half = Math.floor(edits.length / 2)
  const appendTo = async (folder: string, from: number, to: number) =>
    withStorage(folder, (storage) => append(storage, document, staff, edits.slice(from, to)))
  await appendTo(places.alone, 0, half)
  cpSync(places.alone, places.tail, { recursive: true })
  await compact(places.tail, document)
  await appendTo(places.tail, half, edits.length)
  await appendTo(places.alone, half, edits.length)
  cpSync(places.alone, places.checkpoint, { recursive: true })
  await compact(places.checkpoint, document)
  return written
}

/** Puts the log into another server: it comes in one piece, and is kept as that server keeps logs. */
export const storeElsewhere = ({ doc }: LongLog, system: System, folder: string): Promise<Written> =>
  using(system, folder, async (server) => {
    const log = await server.createLog()
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    const peer = await server.join(log, 0, copy)
    await quiet([peer])
    peer.close()
    return { log, clocks: clocksOf(doc), characters: charactersOf(doc), rate: Number.NaN }
  })

async function append(
  { updates }: Storage,
  document: DocumentName,
  staff: RunningStafett['staff'],
  edits: readonly Edit[],
) {
  const writerOf = ({ person }: Edit) => {
    const { id, service } = staff[person % staff.length] ?? {}
    if (!id || !service) throw new Error('the demo has nobody to write')
    return { author: id, service }
  }
  const claimed = new Set<number>()
  for (let first = 0; first < edits.length; first += atOnce) {
    const some = edits.slice(first, first + atOnce)
    for (const edit of some) {
      if (claimed.has(edit.clientId)) continue
      claimed.add(edit.clientId)
      const { author: person, service } = writerOf(edit)
      await updates.claim({ document, clientId: ClientId.parse(edit.clientId), person, service, at: edit.at })
    }
    await Promise.all(
      some.map((edit) => updates.append({ document, ...writerOf(edit), at: edit.at, data: edit.data })),
    )
  }
}

/** Has the server make a checkpoint, as it does whenever the last one leaves a log. */
async function compact(folder: string, document: DocumentName) {
  await using(stafett, folder, async (server) => {
    const peer = await server.join(document, 0)
    peer.close()
  })
  const { checkpoint, tail } = await withStorage(folder, ({ updates }) => updates.load(document))
  if (!checkpoint || tail.length > 0) throw new Error(`${document} has no fresh checkpoint`)
}

async function withStorage<Result>(folder: string, work: (storage: Storage) => Promise<Result>) {
  const storage = await openDatabase({ dataDir: join(folder, 'stafett'), log: pino({ level: 'silent' }) })
  try {
    return await work(storage)
  } finally {
    await storage.close()
  }
}
