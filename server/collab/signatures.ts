import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import { itemKey, logFragment } from '../../shared/case-log/document.ts'
import type { DocumentName } from '../../shared/collab/protocol.ts'
import type { Person } from '../../shared/people.ts'
import type { Database } from '../db/schema.ts'
import type { LiveLog } from './live-log.ts'
import type { ServerEdits } from './server-edits.ts'
import type { CollabContext } from './visit.ts'

type Origin = { connection?: { context?: CollabContext }; context?: CollabContext } | null | undefined
type Fields = Record<string, unknown>

/** Blocks that say who stands behind them, and what that person answers for. */
const signedFields: Readonly<Record<string, readonly string[]>> = {
  evaluation: ['by', 'service', 'score', 'at', 'outcome'],
  decision: ['by', 'at'],
}

type Parts = {
  log: LiveLog
  rows: Kysely<Database>
  edits: Pick<ServerEdits, 'writeAs'>
  clock: () => number
  onFailure: (error: unknown) => void
}

/**
 * Nobody signs for a colleague. What somebody else has signed may be moved, restored and undone as it stood; any
 * other change of it is taken back, and a new block under a colleague's name becomes its writer's own. Corrected and
 * not refused: a refusal would leave an honest client, whose paste went wrong, with a log it cannot save.
 */
export async function keepSignatures({ log, rows, edits, clock, onFailure }: Parts): Promise<void> {
  const known = await load(rows, log.name)
  /** What each block said when it was last right, by its element. */
  const standing = new Map<string, Fields>()

  function learn(element: Y.XmlElement, fields: Fields) {
    standing.set(itemKey(element), fields)
    const signature = signatureOf(element, fields)
    if (known.has(signature)) return
    known.add(signature)
    rows
      .insertInto('signatures')
      .values({ document: log.name, signature })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
      .catch(onFailure)
  }

  for (const element of signedIn(logFragment(log.document))) {
    const fields = fieldsOf(element)
    if (fields['by'] !== undefined) learn(element, fields)
  }

  log.document.on('afterTransaction', (transaction: Y.Transaction) => {
    const origin: Origin = transaction.origin
    const person = (origin?.connection?.context ?? origin?.context)?.visit?.person
    const wrong: Y.ID[] = []
    for (const element of touched(transaction)) {
      const fields = fieldsOf(element)
      if (!element._item || element._item.deleted || fields['by'] === undefined) continue
      // Only the server writes for another service than one's own: the leader of a meeting has it rate for one.
      const ownService = fields['service'] === undefined || fields['service'] === person?.service
      const own = fields['by'] === person?.id && ownService
      const right = person === undefined || own || known.has(signatureOf(element, fields))
      if (right) learn(element, fields)
      else wrong.push(element._item.id)
    }
    if (wrong.length > 0 && person) correct(person, wrong)
  })

  function correct(person: Person, wrong: readonly Y.ID[]) {
    const own = { by: person.id, service: person.service, at: new Date(clock()).toISOString() }
    edits
      .writeAs({ document: log.name, person }, (doc) => {
        for (const id of wrong) {
          const { content } = Y.getItem(doc.store, id)
          const element: unknown = content instanceof Y.ContentType ? content.type : undefined
          if (!(element instanceof Y.XmlElement)) continue
          const before: Fields = standing.get(itemKey(element)) ?? { ...fieldsOf(element), ...own }
          for (const name of signedFields[element.nodeName] ?? []) setField(element, name, before[name])
        }
      })
      .catch(onFailure)
  }
}

async function load(rows: Kysely<Database>, document: DocumentName): Promise<Set<string>> {
  const found = await rows
    .selectFrom('signatures')
    .where('document', '=', document)
    .select('signature')
    .execute()
  return new Set(found.map(({ signature }) => signature))
}

function* signedIn(parent: Y.XmlFragment): Generator<Y.XmlElement> {
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue
    if (Object.hasOwn(signedFields, child.nodeName)) yield child
    yield* signedIn(child)
  }
}

/** Signed blocks whose fields changed, or that came with this transaction. */
function touched({ changed, beforeState }: Y.Transaction): Set<Y.XmlElement> {
  const found = new Set<Y.XmlElement>()
  const isNew = ({ _item: item }: Y.XmlElement) =>
    item !== null && item.id.clock >= (beforeState.get(item.id.client) ?? 0)
  for (const [type, keys] of changed) {
    if (!(type instanceof Y.XmlFragment)) continue
    if (type instanceof Y.XmlElement && Object.hasOwn(signedFields, type.nodeName)) found.add(type)
    if (!keys.has(null)) continue
    for (const child of type.toArray()) {
      if (!(child instanceof Y.XmlElement) || !isNew(child)) continue
      if (Object.hasOwn(signedFields, child.nodeName)) found.add(child)
      for (const inner of signedIn(child)) found.add(inner)
    }
  }
  return found
}

function fieldsOf(element: Y.XmlElement): Fields {
  const fields: Fields = {}
  for (const name of signedFields[element.nodeName] ?? []) {
    const value: unknown = element.getAttribute(name)
    if (value !== undefined && value !== null) fields[name] = value
  }
  return fields
}

function setField(element: Y.XmlElement, name: string, value: unknown) {
  const now: unknown = element.getAttribute(name)
  if (now === value) return
  if (value === undefined) element.removeAttribute(name)
  else Reflect.apply(element.setAttribute, element, [name, value])
}

const signatureOf = (element: Y.XmlElement, fields: Fields): string =>
  createHash('sha256')
    .update(JSON.stringify([element.getAttribute('id') ?? null, element.nodeName, fields]))
    .digest('base64url')
