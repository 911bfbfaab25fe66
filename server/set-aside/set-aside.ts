import * as Y from 'yjs'
import type { DocumentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { BlockId, CaseId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { type Decision, type SetAsideItem, unsure } from '../../shared/set-aside.ts'
import type { CarriedRun } from '../case-log/authorship.ts'
import type { CollabDependencies } from '../collab/dependencies.ts'
import type { ServerEdits } from '../collab/server-edits.ts'
import { excerptOf } from './pieces.ts'
import { putBack } from './put-back.ts'
import { type SetAside as Row, settle, waitingIn } from './rows.ts'

export type SetAside = {
  /** What waits in a log for somebody to decide. */
  list(caseId: CaseId): Promise<SetAsideItem[]>
  /** Takes it into the log again, under the name of whoever wrote it, or puts it away for good. */
  decide(caseId: CaseId, id: BlockId, decision: Decision, by: Person): Promise<void>
}

/** What clients brought that a log had lost, and that only people can decide about. */
export function createSetAside(
  deps: CollabDependencies,
  edits: Pick<ServerEdits, 'writeAs' | 'read'>,
): SetAside {
  const { rows } = deps.storage

  /** Whose writer has come back with it is no longer waited for. */
  async function waiting(caseId: CaseId): Promise<Row[]> {
    const found = await waitingIn(rows, caseId)
    const left: Row[] = []
    for (const [document, group] of Map.groupBy(found, (row) => row.document)) {
      const back = await cameBack(document, group)
      for (const row of group) {
        if (!back.has(row.id)) left.push(row)
        else await settle(rows, { id: row.id, status: 'cameBack', by: null, caseId, at: deps.clock() })
      }
    }
    return left
  }

  const cameBack = (document: DocumentName, group: readonly Row[]) =>
    edits.read(document, (doc) => {
      const isThere = ({ ranges }: Row) =>
        ranges.length > 0 && ranges.every(({ client, to }) => to <= Y.getState(doc.store, client))
      return new Set(group.filter(isThere).map(({ id }) => id))
    })

  return {
    async list(caseId) {
      const found = await waiting(caseId)
      return found.map(({ id, writer, sentBy, at, pieces }) => ({
        id,
        person: writer?.person ?? null,
        service: writer?.service ?? null,
        sentBy,
        at: new Date(at).toISOString(),
        text: excerptOf(pieces),
      }))
    },

    async decide(caseId, id, decision, by) {
      const row = (await waiting(caseId)).find((one) => one.id === id)
      if (!row) throw new AppError('notFound')
      if (decision === 'takeIn') {
        const writer = row.writer ?? unsure
        let run: CarriedRun | undefined
        await edits.writeAs(
          { document: row.document, person: by, line: id, carried: () => (run ? [run] : []) },
          (doc) => {
            const from = Y.getState(doc.store, doc.clientID)
            putBack(doc, row.pieces)
            const length = Y.getState(doc.store, doc.clientID) - from
            // What it was made of is not in the log: client id 0 is nobody's.
            run = [from, length, writer.person, writer.service, row.at, 0, 0]
          },
        )
      }
      const status = decision === 'takeIn' ? 'takenIn' : 'dropped'
      if (!(await settle(rows, { id, status, by, caseId, at: deps.clock() }))) throw new AppError('notFound')
      deps.events.caseChanged(caseId)
    },
  }
}
