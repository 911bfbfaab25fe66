import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { firstBrokenAudit, recordAudit } from '../../server/audit/audit.ts'
import { isPostgres } from '../../server/db/dialect.ts'
import type { Storage } from '../../server/db/open.ts'
import { entry, jonas } from './update-store-suite.ts'

const read = { person: 'maren', service: 'skole', action: 'read', caseId: 'jonas' } as const

/** Has the database itself refuse audit rows of a case. */
const refuseCase = ({ rows }: Storage, caseId: string) =>
  (isPostgres(rows)
    ? sql`ALTER TABLE audit ADD CONSTRAINT refused CHECK (case_id <> ${sql.lit(caseId)})`
    : sql`CREATE TRIGGER refused BEFORE INSERT ON audit WHEN NEW.case_id = ${sql.lit(caseId)}
        BEGIN SELECT RAISE(ABORT, 'refused'); END`
  ).execute(rows)

/** What any database owes for the rows and the audit beside the log; `open` gives a fresh one. */
export function storageSuite(name: string, open: () => Promise<Storage>) {
  describe(`rows and audit: ${name}`, () => {
    test('a transaction on the rows that fails leaves nothing, its audit row included', async () => {
      const storage = await open()
      const failing = storage.rows.transaction().execute(async (trx) => {
        await recordAudit(trx, { ...read, detail: {} })
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      expect(await storage.rows.selectFrom('audit').selectAll().execute()).toEqual([])
      await storage.close()
    })

    test('the rows and the log write at the same time without losing or breaking anything', async () => {
      const storage = await open()
      const work = Array.from({ length: 100 }, (_, index) => [
        storage.updates.append(entry(`${index}`)),
        storage.rows.transaction().execute((trx) => recordAudit(trx, { ...read, detail: { index } })),
      ])
      await Promise.all(work.flat())
      const { tail } = await storage.updates.load(jonas)
      expect(tail).toHaveLength(100)
      expect(await firstBrokenAudit(storage.rows)).toBeUndefined()
      await storage.close()
    })

    test('writes in one go are all there, or none of them', async () => {
      const storage = await open()
      const { rows } = storage
      const row = (id: string) =>
        rows.insertInto('log_texts').values({ case_id: 'x', document: id, seq: 1, text: id })
      const stored = async () =>
        (await rows.selectFrom('log_texts').select('document').orderBy('document').execute()).map(
          ({ document }) => document,
        )
      await storage.inOneGo([row('a'), row('b')])
      expect(await stored()).toEqual(['a', 'b'])
      await expect(storage.inOneGo([row('c'), row('a'), row('d')])).rejects.toThrow()
      expect(await stored()).toEqual(['a', 'b'])
      await storage.inOneGo([rows.deleteFrom('log_texts').where('document', '=', 'a'), row('e')])
      expect(await stored()).toEqual(['b', 'e'])
      await storage.close()
    })

    test('audit rows that are recorded together are all there, or none of them', async () => {
      const storage = await open()
      const cases = async () =>
        (await storage.rows.selectFrom('audit').select(['case_id', 'at']).orderBy('seq').execute()).map(
          ({ case_id, at }) => `${case_id} ${at}`,
        )
      await storage.record([], 5)
      await storage.record(
        [
          { ...read, detail: {} },
          { ...read, caseId: 'sara', detail: { kind: 'detail' } },
        ],
        7,
      )
      expect(await cases()).toEqual(['jonas 7', 'sara 7'])
      await refuseCase(storage, 'no')
      const rows = ['jonas', 'no'].map((caseId) => ({ ...read, caseId, detail: {} }))
      await expect(storage.record(rows, 9)).rejects.toThrow()
      expect(await cases()).toEqual(['jonas 7', 'sara 7'])
      await storage.updates.append(entry('after'))
      expect(await firstBrokenAudit(storage.rows)).toBeUndefined()
      await storage.close()
    })
  })
}
