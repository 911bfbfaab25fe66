import * as Y from 'yjs'
import { Authorship } from '../../server/case-log/authorship.ts'
import type { Storage } from '../../server/db/open.ts'
import type { UpdateEntry } from '../../server/db/update-store.ts'
import { logFragment } from '../../shared/case-log/document.ts'
import { type DocumentName, parseDocumentName } from '../../shared/collab/protocol.ts'
import { ClientId, PersonId, ServiceId } from '../../shared/ids.ts'
import { Random } from './random.ts'

type Years = {
  document: DocumentName
  updates: number
  people: number
  seed?: number
  /** Edits of one sitting: a tab that is opened, written in and closed. */
  sitting?: number
  /** So many updates are under way at once: 1 gives each a commit and an audit row of its own, as one who types alone. */
  atOnce?: number
  tell?: (done: number) => void
}

const letters = 'etaoinsrhldcumfpgwybvkxjqzæøå '
const YEAR = 365 * 24 * 60 * 60 * 1000

/**
 * Years of work in one log, written through the store as the gate would: sitting after sitting, each under a client
 * id of its own that its writer has claimed; typed character by character, sometimes mended or taken out again. The
 * newest checkpoint is put at the end.
 */
export async function writeYears(
  { updates, rows }: Storage,
  { document, people, seed = 1, sitting = 500, atOnce = 1, tell = () => {}, ...options }: Years,
): Promise<void> {
  const random = new Random(seed)
  const doc = new Y.Doc()
  const log = logFragment(doc)
  const authorship = new Authorship()
  const made: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => made.push(update))
  await enrol(rows, document)
  const from = Date.now() - 5 * YEAR
  let waiting: Promise<number>[] = []
  let seq = 0
  let done = 0

  async function settle() {
    seq = Math.max(seq, ...(await Promise.all(waiting)))
    waiting = []
    tell(done)
  }

  while (done < options.updates) {
    const number = random.below(people)
    const writer = {
      person: PersonId.parse(`person-${number}`),
      service: ServiceId.parse(`tjeneste-${number % 8}`),
    }
    const clientId = ClientId.parse(random.below(0xffff_fff0) + 1)
    const start = from + Math.floor((done / options.updates) * 5 * YEAR)
    await updates.claim({ document, clientId, ...writer, at: start })
    doc.clientID = clientId
    const text = paragraphIn(log, random)
    for (let edit = 0; edit < sitting && done < options.updates; edit++) {
      const clock = Y.getState(doc.store, clientId)
      doc.transact(() => type(text, random))
      const at = start + edit * 350
      for (const data of made.splice(0)) {
        authorship.add(clientId, clock, Y.getState(doc.store, clientId), writer, at)
        const entry: UpdateEntry = { document, author: writer.person, service: writer.service, at, data }
        waiting.push(updates.append(entry))
        done++
      }
      if (waiting.length >= atOnce) await settle()
    }
  }
  await settle()
  const data = Y.encodeStateAsUpdate(doc)
  await updates.putCheckpoint(document, { seq, at: Date.now(), data, authorship: authorship.encode() })
}

async function enrol(rows: Storage['rows'], document: DocumentName) {
  const { caseId: case_id, audience } = parseDocumentName(document) ?? {}
  if (case_id === undefined || audience === undefined) throw new Error(`${document} is no name of a log`)
  const row = { name: document, case_id, audience, blocks_version: 1, created_at: 0 }
  await rows
    .insertInto('documents')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A paragraph to write in: mostly a new one at the end, now and then an old one. */
function paragraphIn(log: Y.XmlFragment, random: Random): Y.XmlText {
  if (log.length > 0 && random.chance(0.3)) {
    const old = log.get(random.below(log.length))
    const text = old instanceof Y.XmlElement ? old.get(0) : undefined
    if (text instanceof Y.XmlText) return text
  }
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  paragraph.insert(0, [text])
  log.push([paragraph])
  return text
}

function type(text: Y.XmlText, random: Random) {
  if (text.length > 0 && random.chance(0.08)) {
    text.delete(random.below(text.length), 1)
    return
  }
  const at = random.chance(0.04) ? random.below(text.length + 1) : text.length
  text.insert(at, letters[random.below(letters.length)] ?? ' ')
}
