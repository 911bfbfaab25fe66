import type { Kysely } from 'kysely'
import type { Mentioned } from '../../shared/comments.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId, CommentId, ThreadId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Database } from '../db/schema.ts'
import { storeMentions } from './mentions.ts'

type Rows = Kysely<Database>

/** What somebody says, and a thread of a log. */
export type Said = { text: string; mentions: Mentioned[] }
export type NewComment = Said & { id: CommentId }
export type Where = { caseId: CaseId; thread: ThreadId }

/** Whether a thread is there already; throws where its id is somebody else's. */
export async function isKnown(rows: Rows, person: Person, { caseId, thread }: Where): Promise<boolean> {
  const known = await rows.selectFrom('threads').where('id', '=', thread).selectAll().executeTakeFirst()
  if (known && (known.person !== person.id || known.case_id !== caseId))
    throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
  return known !== undefined
}

/** A thread of this log; throws notFound. */
export async function rowOf(trx: Rows, { caseId, thread }: Where) {
  const row = await trx
    .selectFrom('threads')
    .where('id', '=', thread)
    .where('case_id', '=', caseId)
    .selectAll()
    .executeTakeFirst()
  if (!row) throw new AppError('notFound')
  return row
}

/** A comment that stands, of this thread. */
export async function commentOf(trx: Rows, where: Where, comment: CommentId) {
  const row = await trx
    .selectFrom('comments')
    .where('id', '=', comment)
    .where('thread_id', '=', where.thread)
    .where('case_id', '=', where.caseId)
    .where('deleted_at', 'is', null)
    .selectAll()
    .executeTakeFirst()
  if (!row) throw new AppError('notFound')
  return row
}

/** A comment of one's own that stands; throws notFound, or notAllowed for a colleague's. */
export async function ownComment(trx: Rows, where: Where, comment: CommentId, person: Person) {
  const row = await commentOf(trx, where, comment)
  if (row.person !== person.id) throw new AppError('notAllowed')
  return row
}

/** Adds a comment. False when it is there already; throws where its id is somebody else's. */
export async function add(
  trx: Rows,
  person: Person,
  { caseId, thread }: Where,
  { id, text, mentions }: NewComment,
  field: string,
  at: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: isNew } = await trx
    .insertInto('comments')
    .values({
      id,
      thread_id: thread,
      case_id: caseId,
      person: person.id,
      service: person.service,
      at,
      edited_at: null,
      deleted_at: null,
      text,
      mentions: JSON.stringify(mentions),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (isNew) {
    await storeMentions(trx, caseId, id, mentions)
    await readUpTo(trx, person, thread, at)
    return true
  }
  const known = await trx.selectFrom('comments').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  if (known.person !== person.id || known.thread_id !== thread)
    throw new AppError('invalidInput', { field, reason: 'taken' })
  return false
}

/** Notes up to when somebody has read a thread; never back. */
export async function readUpTo(trx: Rows, person: Person, thread: ThreadId, up_to: number) {
  await trx
    .insertInto('thread_reads')
    .values({ thread_id: thread, person: person.id, up_to })
    .onConflict((conflict) =>
      conflict
        .columns(['thread_id', 'person'])
        .doUpdateSet({ up_to })
        .where('thread_reads.up_to', '<', up_to),
    )
    .execute()
}

/** Resolves a thread, or opens it again where nobody is named. */
export async function setResolved(trx: Rows, { thread }: Where, person: Person | undefined, at: number) {
  await trx
    .updateTable('threads')
    .set({ resolved_by: person?.id ?? null, resolved_at: person ? at : null })
    .where('id', '=', thread)
    .execute()
}
