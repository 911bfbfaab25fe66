import type { Kysely, Selectable } from 'kysely'
import { decision, paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, findBlock } from '../../shared/case-log/document.ts'
import { outline } from '../../shared/case-log/outline.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { BlockId, CaseId, DisagreementId, PersonId } from '../../shared/ids.ts'
import { Disagreement } from '../../shared/meetings.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import type { Events } from '../events/events.ts'

type Dependencies = {
  rows: Kysely<Database>
  collab: Pick<Collab, 'writeAs' | 'read'>
  events: Pick<Events, 'agenda'>
  clock: () => number
}
type Row = Selectable<Database['disagreements']>
type Closing = { block: BlockId; decision: string; dissented: readonly PersonId[] }

/** Goals that professionals see differently: signed views side by side, none written over by another. */
export function createDisagreements({ rows, collab, events, clock }: Dependencies) {
  async function load(found: readonly Row[]): Promise<Disagreement[]> {
    if (found.length === 0) return []
    const ids = found.map(({ id }) => id)
    const views = await rows
      .selectFrom('disagreement_views')
      .where('disagreement_id', 'in', ids)
      .orderBy('at')
      .orderBy('person')
      .selectAll()
      .execute()
    const people = await rows.selectFrom('people').select(['id', 'name', 'service']).execute()
    const named = new Map(people.map(({ id, ...rest }) => [id, rest]))
    const signed = (person: string | null, service?: string) => {
      const known = person === null ? undefined : named.get(person)
      return known && { person, name: known.name, service: service ?? known.service }
    }
    return found.map((row) =>
      Disagreement.parse({
        id: row.id,
        case: row.case_id,
        goal: row.goal,
        openedAt: row.opened_at,
        views: views
          .filter(({ disagreement_id }) => disagreement_id === row.id)
          .map(({ person, service, at, text }) => ({ by: signed(person, service), at, text })),
        closed:
          row.closed_at === null
            ? null
            : {
                by: signed(row.closed_by),
                at: row.closed_at,
                decision: row.decision,
                dissented: dissentersIn(row).flatMap((person) => signed(person) ?? []),
              },
      }),
    )
  }

  async function find(caseId: CaseId, id: DisagreementId): Promise<Row> {
    const row = await rows.selectFrom('disagreements').where('id', '=', id).selectAll().executeTakeFirst()
    if (!row || row.case_id !== caseId) throw new AppError('notFound')
    return row
  }

  async function one(caseId: CaseId, id: DisagreementId | string): Promise<Disagreement> {
    const row = await rows.selectFrom('disagreements').where('id', '=', id).selectAll().executeTakeFirst()
    const [found] = row?.case_id === caseId ? await load([row]) : []
    if (!found) throw new AppError('notFound')
    return found
  }

  const audited = (trx: Kysely<Database>, by: Person, caseId: CaseId, id: string, what: string) =>
    recordAudit(
      trx,
      {
        person: by.id,
        service: by.service,
        action: 'change',
        caseId,
        detail: { kind: 'disagreement', disagreement: id, what },
      },
      clock(),
    )

  /** One’s own view alone is written; everybody else's stands. */
  const putView = (trx: Kysely<Database>, by: Person, id: string, text: string) =>
    trx
      .insertInto('disagreement_views')
      .values({ disagreement_id: id, person: by.id, service: by.service, at: clock(), text })
      .onConflict((conflict) =>
        conflict.columns(['disagreement_id', 'person']).doUpdateSet({ text, at: clock() }),
      )
      .execute()

  return {
    /** Those of a log, open ones first, newest first. */
    async list(caseId: CaseId): Promise<Disagreement[]> {
      const found = await rows
        .selectFrom('disagreements')
        .where('case_id', '=', caseId)
        .orderBy('opened_at', 'desc')
        .selectAll()
        .execute()
      const isOpen = ({ closed_at }: Row) => Number(closed_at === null)
      return load(found.sort((a, b) => isOpen(b) - isOpen(a)))
    },

    /** The same id again is the same; where the goal has an open one, the view stands beside the others’ in that. */
    async open(by: Person, caseId: CaseId, { id, goal, text }: { id: string; goal: BlockId; text: string }) {
      const isGoal = await collab.read(documentName(caseId, 'shared'), (doc) =>
        outline(doc).goals.some((one) => one.id === goal),
      )
      if (!isGoal) throw new AppError('invalidInput', { field: 'body.goal', reason: 'no goal' })
      const stands = await rows.transaction().execute(async (trx) => {
        // Held, so that two who open one at the same moment open one.
        await trx
          .updateTable('cases')
          .set((eb) => ({ updated_at: eb.ref('updated_at') }))
          .where('id', '=', caseId)
          .execute()
        const known = await trx
          .selectFrom('disagreements')
          .where('id', '=', id)
          .selectAll()
          .executeTakeFirst()
        if (known && (known.case_id !== caseId || known.goal !== goal || known.opened_by !== by.id))
          throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
        if (known) return known.id
        const open = await trx
          .selectFrom('disagreements')
          .where('case_id', '=', caseId)
          .where('goal', '=', goal)
          .where('closed_at', 'is', null)
          .select('id')
          .executeTakeFirst()
        await audited(trx, by, caseId, open?.id ?? id, open ? 'view' : 'opened')
        if (!open)
          await trx
            .insertInto('disagreements')
            .values({ id, case_id: caseId, goal, opened_by: by.id, opened_at: clock() })
            .execute()
        await putView(trx, by, open?.id ?? id, text)
        return open?.id ?? id
      })
      events.agenda(caseId)
      return one(caseId, stands)
    },

    async view(by: Person, caseId: CaseId, id: DisagreementId, text: string) {
      await rows.transaction().execute(async (trx) => {
        const row = await trx.selectFrom('disagreements').where('id', '=', id).selectAll().executeTakeFirst()
        if (!row || row.case_id !== caseId) throw new AppError('notFound')
        if (row.closed_at !== null) throw closedAlready()
        await audited(trx, by, caseId, id, 'view')
        await putView(trx, by, id, text)
      })
      events.agenda(caseId)
      return one(caseId, id)
    },

    /** The decision stands in the goal, signed; the same block again is the same closing. */
    async close(
      by: Person,
      caseId: CaseId,
      id: DisagreementId,
      { block, decision: words, dissented }: Closing,
    ) {
      const row = await find(caseId, id)
      if (row.closed_at !== null) {
        if (row.block === block && row.closed_by === by.id) return one(caseId, id)
        throw closedAlready()
      }
      await requireMembers(rows, caseId, dissented)
      const at = clock()
      const document = documentName(caseId, 'shared')
      await rows.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('disagreements')
          .set({
            closed_by: by.id,
            closed_at: at,
            decision: words,
            block,
            dissented: JSON.stringify([...new Set(dissented)]),
          })
          .where('id', '=', id)
          .where('closed_at', 'is', null)
          .executeTakeFirstOrThrow()
        if (numUpdatedRows === 0n) throw closedAlready()
        await audited(trx, by, caseId, id, 'closed')
      })
      await collab.writeAs({ document, person: by, at, line: block }, (doc) => {
        if (findBlock(doc, block)) return
        const fields = { id: block, by: by.id, at: new Date(at).toISOString() }
        const blocks = [decision(fields, [paragraph(words)])]
        // A goal that is gone has its decisions at the end of the log.
        const { goals } = outline(doc)
        const goal = goals.find((one) => one.id === row.goal)
        if (!goal || !appendBlocks(doc, blocks, goal.id)) appendBlocks(doc, blocks)
      })
      events.agenda(caseId)
      return one(caseId, id)
    },
  }
}

const closedAlready = () => new AppError('invalidInput', { field: 'params.disagreement', reason: 'closed' })

function dissentersIn({ dissented }: Row): string[] {
  const ids: unknown = dissented === null ? [] : JSON.parse(dissented)
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}

async function requireMembers(rows: Kysely<Database>, caseId: CaseId, people: readonly PersonId[]) {
  const members = await rows
    .selectFrom('memberships')
    .where('case_id', '=', caseId)
    .select('person')
    .execute()
  const known = new Set(members.map(({ person }) => person))
  for (const [at, person] of people.entries())
    if (!known.has(person))
      throw new AppError('invalidInput', { field: `body.dissented.${at}`, reason: 'not in the log' })
}
