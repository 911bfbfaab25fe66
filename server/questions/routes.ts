import type { Kysely } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import { type CaseId, PersonId, type QuestionId, type ServiceId } from '../../shared/ids.ts'
import { questionRoutes } from '../../shared/questions.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Access } from '../auth/access.ts'
import type { Reads } from '../cases/reads.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import type { Events } from '../events/events.ts'
import type { Api } from '../http/handle.ts'
import { answerQuestion } from './answer.ts'
import { askService } from './ask.ts'
import { askedToday, findQuestion, openQuestions, peopleOf } from './rows.ts'

type Dependencies = {
  rows: Kysely<Database>
  access: Access
  reads: Reads
  collab: Pick<Collab, 'addLine'>
  events: Pick<Events, 'agenda' | 'thread' | 'waiting'>
  clock: () => number
}

/** «Spør»: a service is asked about a log once a day at most, and its first answer is a line in the log. */
export function questionsApi(api: Api, deps: Dependencies) {
  const { rows, access, reads, events, clock } = deps

  async function find(caseId: CaseId, id: QuestionId) {
    const question = await findQuestion(rows, caseId, id)
    if (!question) throw new AppError('notFound', { field: 'params.question' })
    return question
  }

  /** The people of the service, and those who asked it, hear that something else waits for them now. */
  async function tell(caseId: CaseId, service: ServiceId) {
    const askers = await rows
      .selectFrom('questions')
      .where('case_id', '=', caseId)
      .where('service', '=', service)
      .select('person')
      .distinct()
      .execute()
    events.agenda(caseId)
    events.waiting([
      ...(await peopleOf(rows, caseId, service)),
      ...askers.map(({ person }) => PersonId.parse(person)),
    ])
  }

  api.handle(questionRoutes.list, async ({ session: { person }, params: { id } }) => {
    await access.require(id, person.id, 'log.read')
    await reads.record(person, 'questions', [id])
    return { questions: await openQuestions(rows, id), askedToday: await askedToday(rows, id, clock()) }
  })

  api.handle(questionRoutes.ask, async ({ session: { person }, params: { id: caseId }, body }) => {
    await access.require(caseId, person.id, 'question.ask')
    await rows.transaction().execute((trx) => askService(trx, person, { ...body, caseId }, clock()))
    await tell(caseId, body.service)
    return { question: await find(caseId, body.id) }
  })

  api.handle(questionRoutes.answer, async ({ session, params, body }) => {
    await access.require(params.id, session.person.id, 'log.addLine')
    const question = await find(params.id, params.question)
    if (session.person.service !== question.service)
      throw new AppError('notAllowed', { field: 'params.question', reason: 'another service was asked' })
    await answerQuestion(deps, session, question, body)
    if (question.thread) events.thread(params.id, question.thread)
    await tell(params.id, question.service)
    return { question: await find(params.id, params.question) }
  })

  api.handle(questionRoutes.withdraw, async ({ session: { person }, params }) => {
    await access.require(params.id, person.id, 'question.ask')
    const question = await find(params.id, params.question)
    if (question.by.person !== person.id) throw new AppError('notAllowed', { field: 'params.question' })
    const now = clock()
    await rows.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('questions')
        .set({ withdrawn_at: now })
        .where('id', '=', question.id)
        .where('answered_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows === 0n) throw new AppError('overtaken')
      const detail = { kind: 'questionWithdrawn', question: question.id }
      const { id, service } = person
      await recordAudit(trx, { person: id, service, action: 'change', caseId: params.id, detail }, now)
    })
    await tell(params.id, question.service)
    return {}
  })
}
