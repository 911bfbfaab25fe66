import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import * as Y from 'yjs'
import { measure } from '../../shared/blocks/json.ts'
import { appendBlocks, findBlock } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import type { Become } from '../../shared/comments.ts'
import { AppError } from '../../shared/errors.ts'
import { BlockId, type CaseId, QuestionId, type ServiceId, type ThreadId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import { askService } from '../questions/ask.ts'
import { putThreadOnAgenda } from './agenda-item.ts'
import { LogText } from './log-text.ts'

type Dependencies = {
  rows: Kysely<Database>
  collab: Pick<Collab, 'writeAs' | 'read'>
  clock: () => number
}
type Where = { caseId: CaseId; thread: ThreadId }
type Trx = Transaction<Database>

/** Makes something of a thread, in one transaction with the audit; what it is already, it does not become twice. */
export function createBecome({ rows, collab, clock }: Dependencies) {
  async function become(person: Person, where: Where, what: Become): Promise<void> {
    const text = await firstWords(where)
    if (what.kind === 'measure') return measureOf(person, where, text, what.goal)
    await rows.transaction().execute(async (trx) => {
      if (what.kind === 'agenda') await agendaItemOf(trx, person, where, text, what.meeting)
      else await questionOf(trx, person, where, text, what.service)
    })
  }

  /** What the first comment that stands says: the words of whatever the thread becomes. */
  async function firstWords({ caseId, thread }: Where): Promise<string> {
    const found = await rows
      .selectFrom('threads')
      .leftJoin('comments', (join) =>
        join.onRef('comments.thread_id', '=', 'threads.id').on('comments.deleted_at', 'is', null),
      )
      .where('threads.id', '=', thread)
      .where('threads.case_id', '=', caseId)
      .orderBy('comments.at')
      .orderBy('comments.id')
      .select('comments.text')
      .executeTakeFirst()
    if (!found) throw new AppError('notFound')
    if (found.text === null)
      throw new AppError('invalidInput', { field: 'params.thread', reason: 'nothing left in it' })
    return found.text
  }

  const outcomesOf = (db: Kysely<Database>, { thread }: Where, kind: Become['kind']) =>
    db
      .selectFrom('thread_outcomes')
      .where('thread_id', '=', thread)
      .where('kind', '=', kind)
      .orderBy('at')
      .select(['ref', 'service'])
      .execute()

  /** Notes what became of the thread; the same again is noted once. */
  async function note(
    trx: Trx,
    person: Person,
    { caseId, thread }: Where,
    { kind, ref, service }: { kind: Become['kind']; ref: string; service: ServiceId | null },
  ) {
    const { numInsertedOrUpdatedRows: isNew } = await trx
      .insertInto('thread_outcomes')
      .values({ thread_id: thread, kind, ref, service, person: person.id, at: clock() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (!isNew) return
    await recordAudit(trx, {
      person: person.id,
      service: person.service,
      action: 'change',
      caseId,
      detail: { kind: 'threadBecame', thread, what: kind, ref },
    })
  }

  async function measureOf(person: Person, where: Where, text: string, goal: BlockId | undefined) {
    const document = documentName(where.caseId, 'shared')
    const made = await outcomesOf(rows, where, 'measure')
    const stands = await collab.read(document, (doc) =>
      made.some(({ ref }) => findBlock(doc, BlockId.parse(ref)) !== undefined),
    )
    if (stands) return
    const id = BlockId.parse(derived('measure', where.thread, made.length))
    const place = await rows
      .selectFrom('threads')
      .where('id', '=', where.thread)
      .select(['block'])
      .executeTakeFirstOrThrow()
    await collab.writeAs({ document, person, line: id }, (doc) => {
      const into = goal ?? goalOf(doc, where.thread, place.block)
      if (!appendBlocks(doc, [measure({ id }, onOneLine(text))], into))
        throw new AppError('invalidInput', { field: 'body.goal', reason: 'not in this log' })
    })
    await rows
      .transaction()
      .execute((trx) => note(trx, person, where, { kind: 'measure', ref: id, service: null }))
  }

  async function agendaItemOf(trx: Trx, person: Person, where: Where, text: string, meeting?: string) {
    const made = await outcomesOf(trx, where, 'agenda')
    const refs = made.map(({ ref }) => ref)
    const open = await trx
      .selectFrom('agenda_items')
      .where('id', 'in', ['', ...refs])
      .where('status', '=', 'open')
      .select('id')
      .executeTakeFirst()
    if (open) return
    const ref = derived('agenda', where.thread, made.length)
    await putThreadOnAgenda(trx, person, { ...where, id: ref, title: onOneLine(text), meeting, at: clock() })
    await note(trx, person, where, { kind: 'agenda', ref, service: null })
  }

  async function questionOf(trx: Trx, person: Person, where: Where, text: string, service: ServiceId) {
    const made = await outcomesOf(trx, where, 'question')
    const refs = made.filter((one) => one.service === service).map(({ ref }) => ref)
    const open = await trx
      .selectFrom('questions')
      .where('id', 'in', ['', ...refs])
      .where('answered_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .select('id')
      .executeTakeFirst()
    if (open) return
    const id = QuestionId.parse(derived('question', where.thread, made.length))
    await askService(trx, person, { id, service, text, ...where }, clock())
    await note(trx, person, where, { kind: 'question', ref: id, service })
  }

  return become
}

/** The goal that a thread stands in; undefined where it stands in none. */
function goalOf(doc: Y.Doc, thread: ThreadId, block: string | null): BlockId | undefined {
  const text = new LogText(doc)
  const [span] = text.marked(thread)
  if (span) return text.blocksAt(span.from).find(({ name }) => name === 'goal')?.id
  let at: unknown = block === null ? undefined : findBlock(doc, BlockId.parse(block))
  while (at instanceof Y.XmlElement && at.nodeName !== 'goal') at = at.parent
  return at instanceof Y.XmlElement ? BlockId.safeParse(at.getAttribute('id')).data : undefined
}

const onOneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ')

/** The same id for the same click, so that a second one at the same moment changes nothing. */
const derived = (kind: string, thread: ThreadId, number: number): string =>
  createHash('sha256').update(`${kind} ${thread} ${number}`).digest('base64url').slice(0, 32)
