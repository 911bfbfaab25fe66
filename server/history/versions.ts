import type { Kysely } from 'kysely'
import type { DocumentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { Seq } from '../../shared/history.ts'
import type { BlockId, CaseId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Database } from '../db/schema.ts'

type Place = { caseId: CaseId; document: DocumentName }

/** Names that people give moments. Everybody who sees the history sees them; whoever gave one may change it. */
export function createVersions(rows: Kysely<Database>, clock: () => number) {
  const changed = (person: Person, caseId: CaseId, id: BlockId, what: string) => ({
    person: person.id,
    service: person.service,
    action: 'change' as const,
    caseId,
    detail: { kind: 'version', version: id, what },
  })

  async function own(trx: Kysely<Database>, person: Person, { document }: Place, id: BlockId) {
    const version = await trx.selectFrom('versions').where('id', '=', id).selectAll().executeTakeFirst()
    if (!version || version.document !== document) throw new AppError('notFound')
    if (version.person !== person.id) throw new AppError('notAllowed')
    return version
  }

  return {
    async list({ document }: Place) {
      return rows
        .selectFrom('versions')
        .where('document', '=', document)
        .selectAll()
        .orderBy('seq', 'desc')
        .orderBy('at', 'desc')
        .execute()
    },

    /** Gives a moment a name. The same id again is the same name. */
    async give(person: Person, place: Place, { id, seq, name }: { id: BlockId; seq: Seq; name: string }) {
      const row = {
        id,
        case_id: place.caseId,
        document: place.document,
        seq,
        name,
        person: person.id,
        at: clock(),
      }
      await rows.transaction().execute(async (trx) => {
        const known = await trx.selectFrom('versions').where('id', '=', id).selectAll().executeTakeFirst()
        if (known) {
          const same = known.document === row.document && known.person === row.person && known.seq === seq
          if (same) return
          throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
        }
        await recordAudit(trx, changed(person, place.caseId, id, 'named'), row.at)
        await trx.insertInto('versions').values(row).execute()
      })
    },

    async rename(person: Person, place: Place, id: BlockId, name: string) {
      await rows.transaction().execute(async (trx) => {
        await own(trx, person, place, id)
        await recordAudit(trx, changed(person, place.caseId, id, 'renamed'), clock())
        await trx.updateTable('versions').set({ name }).where('id', '=', id).execute()
      })
    },

    async remove(person: Person, place: Place, id: BlockId) {
      await rows.transaction().execute(async (trx) => {
        await own(trx, person, place, id)
        await recordAudit(trx, changed(person, place.caseId, id, 'removed'), clock())
        await trx.deleteFrom('versions').where('id', '=', id).execute()
      })
    },
  }
}
