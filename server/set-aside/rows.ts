import { createHash, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import { z } from 'zod'
import { DocumentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { BlockId, type CaseId, PersonId, ServiceId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Writer } from '../case-log/authorship.ts'
import type { Database } from '../db/schema.ts'
import { Piece } from './pieces.ts'
import type { Range } from './sort.ts'

/** `recovered`: its writer brought it, and it is in the log again. `cameBack`: under its own ids, with its writer. */
export type Status = 'waiting' | 'recovered' | 'cameBack' | 'takenIn' | 'dropped'

const HashedRange = z.object({ client: z.number(), from: z.number(), to: z.number(), hash: z.string() })
export type HashedRange = z.infer<typeof HashedRange>

/** What one person had in a log that lost it. `writer` is undefined where nobody has claimed the client ids. */
export type SetAside = {
  id: BlockId
  document: DocumentName
  writer: Writer | undefined
  sentBy: PersonId
  at: number
  ranges: HashedRange[]
  pieces: Piece[]
}

/** So much of one person's may wait in one log. */
const MOST_WAITING = 200
const MOST_BYTES = 16 * 1024 * 1024

type Rows = Kysely<Database>
type Found = Omit<SetAside, 'id' | 'document' | 'sentBy' | 'at'>
type Batch = { document: DocumentName; caseId: CaseId; person: Person; at: number; data: Uint8Array }

/** Keeps what a client sent and what was found in it, with the audit, before anything is said to be safe. */
export async function keep(rows: Rows, batch: Batch, found: readonly Found[]): Promise<BlockId[]> {
  const { document, caseId, person, at, data } = batch
  await checkRoom(rows, batch)
  const update = { id: randomUUID(), document, sent_by: person.id, service: person.service, at, data }
  const kept = found.map((one) => ({ id: BlockId.parse(randomUUID()), ...one }))
  await rows.transaction().execute(async (trx) => {
    await trx.insertInto('set_aside_updates').values(update).execute()
    for (const { id, writer, ranges, pieces } of kept) {
      await trx
        .insertInto('set_aside')
        .values({
          id,
          update_id: update.id,
          document,
          case_id: caseId,
          person: writer?.person ?? null,
          service: writer?.service ?? null,
          sent_by: person.id,
          at,
          ranges: JSON.stringify(ranges),
          pieces: JSON.stringify(pieces),
          status: 'waiting',
          decided_by: null,
          decided_at: null,
        })
        .execute()
      const detail = { kind: 'setAside', document, id, of: writer?.person ?? null }
      await recordAudit(
        trx,
        { person: person.id, service: person.service, action: 'change', caseId, detail },
        at,
      )
    }
  })
  return kept.map(({ id }) => id)
}

async function checkRoom(rows: Rows, { document, person, data }: Batch) {
  const { fn } = rows
  const sent = await rows
    .selectFrom('set_aside_updates')
    .where('document', '=', document)
    .where('sent_by', '=', person.id)
    .select([fn.countAll<number>().as('count'), fn.sum<number>(fn('length', ['data'])).as('bytes')])
    .executeTakeFirstOrThrow()
  if (Number(sent.count) >= MOST_WAITING || Number(sent.bytes ?? 0) + data.length > MOST_BYTES)
    throw new AppError('tooMany', { reason: 'too much set aside by one person' })
}

/** Everything that was ever set aside in a document, by what it covers. */
export async function coverage(rows: Rows, document: DocumentName) {
  const found = await rows
    .selectFrom('set_aside')
    .where('document', '=', document)
    .select(['person', 'ranges'])
    .execute()
  return found.flatMap(({ person, ranges }) =>
    z
      .array(HashedRange)
      .parse(JSON.parse(ranges))
      .map((range) => ({ person, ...range })),
  )
}

/** How much waits for a decision in a case. */
export async function countWaiting(rows: Rows, caseId: CaseId): Promise<number> {
  const { count } = await rows
    .selectFrom('set_aside')
    .where('case_id', '=', caseId)
    .where('status', '=', 'waiting')
    .select(rows.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What waits for a decision in a case, oldest first. */
export async function waitingIn(rows: Rows, caseId: CaseId): Promise<SetAside[]> {
  const found = await rows
    .selectFrom('set_aside')
    .where('case_id', '=', caseId)
    .where('status', '=', 'waiting')
    .orderBy('at')
    .orderBy('id')
    .selectAll()
    .execute()
  return found.map((row) => ({
    id: BlockId.parse(row.id),
    document: DocumentName.parse(row.document),
    writer:
      row.person === null || row.service === null
        ? undefined
        : { person: PersonId.parse(row.person), service: ServiceId.parse(row.service) },
    sentBy: PersonId.parse(row.sent_by),
    at: row.at,
    ranges: z.array(HashedRange).parse(JSON.parse(row.ranges)),
    pieces: z.array(Piece).parse(JSON.parse(row.pieces)),
  }))
}

/** Ends the waiting of something, with the audit; false when somebody else was first. */
export async function settle(
  rows: Rows,
  {
    id,
    status,
    by,
    caseId,
    at,
  }: { id: BlockId; status: Status; by: Person | null; caseId: CaseId; at: number },
): Promise<boolean> {
  return rows.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('set_aside')
      .set({ status, decided_by: by?.id ?? null, decided_at: at })
      .where('id', '=', id)
      .where('status', '=', 'waiting')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    const detail = { kind: 'setAside', id, decision: status }
    const who = { person: by?.id ?? null, service: by?.service ?? null }
    await recordAudit(trx, { ...who, action: 'change', caseId, detail }, at)
    return true
  })
}

/** Which person claimed each of these client ids. */
export async function writersOf(
  rows: Rows,
  document: DocumentName,
  clients: readonly number[],
): Promise<Map<number, Writer>> {
  if (clients.length === 0) return new Map()
  const found = await rows
    .selectFrom('client_claims')
    .where('document', '=', document)
    .where('client_id', 'in', [...clients])
    .select(['client_id', 'person', 'service'])
    .execute()
  return new Map(
    found.map(({ client_id, person, service }) => [
      client_id,
      { person: PersonId.parse(person), service: ServiceId.parse(service) },
    ]),
  )
}

/** What stands in a range, as a hash: the same range with other words in it is another thing. */
export function hashOf(doc: Y.Doc, { client, from, to }: Range): string {
  const hash = createHash('sha256')
  for (const struct of doc.store.clients.get(client) ?? []) {
    if (!(struct instanceof Y.Item) || struct.id.clock + struct.length <= from || struct.id.clock >= to)
      continue
    const { content } = struct
    const start = Math.max(0, from - struct.id.clock)
    if (content instanceof Y.ContentString) hash.update(content.str.slice(start, to - struct.id.clock))
    else if (content instanceof Y.ContentType && content.type instanceof Y.XmlElement)
      hash.update(`<${content.type.nodeName}>`)
  }
  return hash.digest('hex')
}
