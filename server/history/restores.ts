import type { Kysely } from 'kysely'
import type { DocumentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { Seq } from '../../shared/history.ts'
import type { RestoreRequest } from '../../shared/history-routes.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import { applyPlan, runsAgain } from './apply-plan.ts'
import type { Histories } from './histories.ts'
import { isEmptyPlan } from './restore-plan.ts'

type Dependencies = {
  rows: Kysely<Database>
  histories: Pick<Histories, 'restorePlan'>
  collab: Pick<Collab, 'writeAs'>
  clock: () => number
}
type Place = { caseId: CaseId; document: DocumentName }

export type Restores = ReturnType<typeof createRestores>

/** Bringing back is an edit like any other: nothing of what was there since is taken out of the history. */
export function createRestores({ rows, histories, collab, clock }: Dependencies) {
  async function undone(document: DocumentName, seq: Seq) {
    const restore = await rows
      .selectFrom('restores')
      .where('document', '=', document)
      .where('seq', '=', seq)
      .selectAll()
      .executeTakeFirst()
    if (!restore) throw new AppError('invalidInput', { field: 'body.seq', reason: 'no restore' })
    return restore
  }

  return {
    async list({ document }: Place) {
      const found = await rows.selectFrom('restores').where('document', '=', document).selectAll().execute()
      return new Map(found.flatMap((row) => (row.seq === null ? [] : [[row.seq, row] as const])))
    },

    /** Resolves with the new edit's sequence number; null when all stood as wished. */
    async restore(person: Person, { caseId, document }: Place, request: RestoreRequest): Promise<Seq | null> {
      const { id, seq, undo, block } = request
      const known = await rows.selectFrom('restores').where('id', '=', id).selectAll().executeTakeFirst()
      if (known && (known.person !== person.id || known.document !== document))
        throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
      if (known?.seq) return known.seq
      const former = undo ? await undone(document, seq) : undefined
      // What is undone is one edit, whatever it brought back.
      const about = { seq, undo, block: undo ? undefined : block }
      const { plan, momentAt, known: isMoment } = await histories.restorePlan(document, about)
      if (!isMoment)
        throw new AppError('invalidInput', { field: 'body.seq', reason: 'no moment of this log' })
      if (!plan)
        throw new AppError('invalidInput', { field: 'body.block', reason: 'not there at that moment' })
      if (isEmptyPlan(plan)) return null
      const row = {
        id,
        case_id: caseId,
        document,
        person: person.id,
        at: clock(),
        to_seq: seq,
        moment_at: former?.moment_at ?? momentAt,
        undo: undo ? 1 : 0,
        block: (undo ? former?.block : block) ?? null,
        seq: null,
      }
      await rows
        .insertInto('restores')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      let again: ReturnType<typeof applyPlan> = []
      const made = await collab.writeAs(
        { document, person, line: id, carried: (authorship) => runsAgain(again, authorship) },
        (doc) => {
          again = applyPlan(doc, plan)
        },
      )
      if (made === 0) return null
      await rows.updateTable('restores').set({ seq: made }).where('id', '=', id).execute()
      return made
    },
  }
}
