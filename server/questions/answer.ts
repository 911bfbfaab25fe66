import type { Kysely, Transaction } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { BlockId, CaseId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Question } from '../../shared/questions.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Session } from '../auth/session.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'

type Dependencies = { rows: Kysely<Database>; collab: Pick<Collab, 'addLine'>; clock: () => number }
type Answer = { line: BlockId; text: string }

/**
 * Answers a question: the first answer is the answer. It becomes a signed line in the log, with the question quoted
 * since «Ja» alone says nothing, and a reply where a thread was asked. The bare questions to the same service are
 * answered by it too. The same line id again is the same answer; another's before it throws `overtaken`.
 */
export async function answerQuestion(
  { rows, collab, clock }: Dependencies,
  session: Session,
  question: Question,
  answer: Answer,
): Promise<void> {
  const { person } = session
  await rows.transaction().execute((trx) => claim(trx, person, question, answer, clock()))
  const text = question.text === '' ? answer.text : `«${question.text}» ${answer.text}`
  try {
    await collab.addLine(session, question.case, { id: answer.line, text })
  } catch (error) {
    // Nothing half-done: without its line it is no answer, and somebody else may give one.
    await rows.transaction().execute((trx) => release(trx, person, question, answer, clock()))
    throw error
  }
}

async function claim(
  trx: Transaction<Database>,
  { id: person, service }: Person,
  question: Question,
  { line, text }: Answer,
  now: number,
) {
  const { numUpdatedRows: claimed } = await trx
    .updateTable('questions')
    .set({ answered_by: person, answered_at: now, answer: text, line })
    .where('case_id', '=', question.case)
    .where('service', '=', question.service)
    .where((eb) => eb.or([eb('id', '=', question.id), eb('text', '=', '')]))
    .where('answered_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow()
  const standing = await trx
    .selectFrom('questions')
    .where('id', '=', question.id)
    .select(['line', 'answered_by'])
    .executeTakeFirst()
  if (standing?.line !== line || standing.answered_by !== person) throw new AppError('overtaken')
  if (claimed === 0n) return
  const written = await trx.selectFrom('lines').where('id', '=', line).select('id').executeTakeFirst()
  if (written) throw new AppError('invalidInput', { field: 'body.line', reason: 'taken' })
  await audit(trx, { person, service }, question, line, 'answered', now)
  if (question.thread) await replyInThread(trx, { person, service }, question, { line, text }, now)
}

/** The answer as a reply in the thread that was asked; its id is the line's. */
async function replyInThread(
  trx: Transaction<Database>,
  { person, service }: Pick<Person, 'service'> & { person: Person['id'] },
  { case: case_id, thread: thread_id }: Question,
  { line, text }: Answer,
  at: number,
) {
  const there = await trx
    .selectFrom('threads')
    .where('id', '=', thread_id)
    .where('case_id', '=', case_id)
    .select('id')
    .executeTakeFirst()
  if (!there) return
  await trx
    .insertInto('comments')
    .values({ id: line, thread_id: there.id, case_id, person, service, at, text, mentions: '[]' })
    .execute()
}

async function release(
  trx: Transaction<Database>,
  { id: person, service }: Person,
  question: Question,
  { line }: Answer,
  now: number,
) {
  await trx
    .updateTable('questions')
    .set({ answered_by: null, answered_at: null, answer: null, line: null })
    .where('case_id', '=', question.case)
    .where('line', '=', line)
    .execute()
  await trx.deleteFrom('comments').where('id', '=', line).where('person', '=', person).execute()
  await audit(trx, { person, service }, question, line, 'answerNotWritten', now)
}

const audit = (
  trx: Transaction<Database>,
  { person, service }: Pick<Person, 'service'> & { person: Person['id'] },
  question: { id: Question['id']; case: CaseId },
  line: BlockId,
  kind: 'answered' | 'answerNotWritten',
  now: number,
) =>
  recordAudit(
    trx,
    {
      person,
      service,
      action: 'change',
      caseId: question.case,
      detail: { kind, question: question.id, line },
    },
    now,
  )
