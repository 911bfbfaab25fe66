import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { firstBrokenAudit } from '../../server/audit/audit.ts'
import type { Storage } from '../../server/db/open.ts'
import type { StoredLog, UpdateEntry } from '../../server/db/update-store.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { BlockId, CaseId, ClientId, PersonId, ServiceId } from '../../shared/ids.ts'

export const jonas = documentName(CaseId.parse('jonas'), 'shared')
export const sara = documentName(CaseId.parse('sara'), 'shared')
const maren = { author: PersonId.parse('maren'), service: ServiceId.parse('skole') }
const ida = { author: PersonId.parse('ida'), service: ServiceId.parse('barnehage') }

export const entry = (text: string, more: Partial<UpdateEntry> = {}): UpdateEntry => ({
  document: jonas,
  ...maren,
  at: 1000,
  data: new TextEncoder().encode(text),
  ...more,
})

const textOf = ({ data }: { data: Uint8Array }) => new TextDecoder().decode(data)

const textsOf = ({ tail }: StoredLog) => Array.from(tail, textOf)

/** What any update store owes; `open` gives a fresh one, `reopen` the same data after the process ended. */
export function updateStoreSuite(
  name: string,
  open: () => Promise<Storage>,
  reopen: (old: Storage) => Promise<Storage>,
) {
  describe(`update store: ${name}`, () => {
    test('gives back what was appended, in the order of the calls', async () => {
      const storage = await open()
      const seqs = await Promise.all(
        Array.from({ length: 200 }, (_, index) => storage.updates.append(entry(`edit ${index}`))),
      )
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
      const { checkpoint, tail } = await storage.updates.load(jonas)
      expect(checkpoint).toBeUndefined()
      expect(Array.from(tail, textOf)).toEqual(Array.from({ length: 200 }, (_, index) => `edit ${index}`))
      expect(Array.from(tail, ({ seq }) => seq)).toEqual(seqs)
      await storage.close()
    })

    test('keeps author, service, time and carried runs of every update', async () => {
      const storage = await open()
      await storage.updates.append(entry('a', { at: 5 }))
      await storage.updates.append(entry('b', { ...ida, at: 7, carried: '[[1,2]]' }))
      const { tail } = await storage.updates.load(jonas)
      expect([...tail]).toMatchObject([
        { ...maren, at: 5, carried: undefined },
        { ...ida, at: 7, carried: '[[1,2]]' },
      ])
      await storage.close()
    })

    test('gives back years of writing, long updates among short ones, from wherever it is asked', async () => {
      const storage = await open()
      // Longer than a page of any store, with an update now and then that is read by itself.
      const texts = Array.from({ length: 4500 }, (_, index) =>
        index % 700 === 3 ? `${index}`.padEnd(9000, '.') : `${index}`.repeat(index % 5),
      )
      const seqs = await Promise.all(
        texts.map((text, index) => {
          const carried = index % 900 === 0 ? { carried: `[${index}]` } : {}
          return storage.updates.append(
            entry(text, { ...(index % 3 === 0 ? ida : maren), at: index, ...carried }),
          )
        }),
      )
      const stored = (from: number) =>
        texts
          .slice(from)
          .map((text, index) => [
            text,
            (from + index) % 3 === 0 ? ida.author : maren.author,
            from + index,
            (from + index) % 900 === 0 ? `[${from + index}]` : undefined,
          ])
      const told = ({ tail }: StoredLog) =>
        Array.from(tail, (update) => [textOf(update), update.author, update.at, update.carried])
      expect(told(await storage.updates.load(jonas))).toEqual(stored(0))
      expect(told(await storage.updates.load(jonas, seqs[2221]))).toEqual(stored(2222))
      expect((await storage.updates.load(jonas, seqs.at(-1))).tail).toHaveLength(0)
      const page = await storage.updates.page(jonas, seqs[9] ?? 0, 3000)
      expect([...page.seqs]).toEqual(seqs.slice(10, 3010))
      await storage.close()
    })

    test('a buffer that the caller uses again does not change what was appended', async () => {
      const storage = await open()
      const frame = new TextEncoder().encode('xx kept yy')
      const appended = storage.updates.append(entry('', { data: frame.subarray(3, 7) }))
      frame.fill(0)
      await appended
      expect(textsOf(await storage.updates.load(jonas))).toEqual(['kept'])
      await storage.close()
    })

    test('documents are apart from each other', async () => {
      const storage = await open()
      await storage.updates.append(entry('of Jonas'))
      await storage.updates.append(entry('of Sara', { document: sara }))
      expect(textsOf(await storage.updates.load(sara))).toEqual(['of Sara'])
      await storage.close()
    })

    test('everything acknowledged is there after the process ended', async () => {
      const storage = await open()
      await storage.updates.append(entry('stays'))
      const again = await reopen(storage)
      expect(textsOf(await again.updates.load(jonas))).toEqual(['stays'])
      await again.close()
    })

    test('loads a checkpoint and what came after it; an older one never replaces it', async () => {
      const storage = await open()
      const seqs = []
      for (const text of ['1', '2', '3']) seqs.push(await storage.updates.append(entry(text)))
      const [first = 0, second = 0] = seqs
      const state = { at: 1, data: new Uint8Array([1, 2]), authorship: new Uint8Array([3]) }
      await storage.updates.putCheckpoint(jonas, { ...state, seq: second })
      await storage.updates.putCheckpoint(jonas, { ...state, seq: first, data: new Uint8Array([9]) })
      const { checkpoint, tail } = await storage.updates.load(jonas)
      expect(checkpoint).toMatchObject({ seq: second })
      expect([...(checkpoint?.data ?? [])]).toEqual([1, 2])
      expect(Array.from(tail, textOf)).toEqual(['3'])
      expect(textsOf(await storage.updates.load(jonas, 0))).toEqual(['1', '2', '3'])
      await storage.close()
    })

    test('a client id belongs to the person who claimed it first, for ever', async () => {
      const storage = await open()
      const claim = { document: jonas, clientId: ClientId.parse(0xffff_ffff), at: 1 }
      const asMaren = { ...claim, person: maren.author, service: maren.service }
      expect(await storage.updates.claim(asMaren)).toBe(true)
      expect(await storage.updates.claim(asMaren)).toBe(true)
      expect(await storage.updates.claim({ ...claim, person: ida.author, service: ida.service })).toBe(false)
      const other = { ...claim, document: sara, person: ida.author, service: ida.service }
      expect(await storage.updates.claim(other)).toBe(true)
      const again = await reopen(storage)
      expect(await again.updates.claim({ ...claim, person: ida.author, service: ida.service })).toBe(false)
      await again.close()
    })

    test('a line is written once, however often it is sent', async () => {
      const storage = await open()
      const line = BlockId.parse('line-1')
      const seqs = await Promise.all([
        storage.updates.append(entry('line', { line })),
        storage.updates.append(entry('line', { line })),
        storage.updates.append(entry('other')),
      ])
      expect(seqs[0]).toBeGreaterThan(0)
      expect(seqs[1]).toBe(0)
      expect(textsOf(await storage.updates.load(jonas))).toEqual(['line', 'other'])
      await storage.close()
    })

    test('every update is under an audit row of its writer, and the chain shows a change', async () => {
      const storage = await open()
      await Promise.all([
        storage.updates.append(entry('1')),
        storage.updates.append(entry('2')),
        storage.updates.append(entry('3', ida)),
      ])
      const rows = await storage.rows.selectFrom('audit').selectAll().orderBy('seq').execute()
      const told = rows.map(({ person, action, case_id, detail }) => ({
        person,
        action,
        case_id,
        ...JSON.parse(detail),
      }))
      for (const { author } of [maren, ida]) {
        const mine = told.filter(({ person }) => person === author)
        expect(mine.reduce((sum, { count }) => sum + count, 0)).toBe(author === maren.author ? 2 : 1)
      }
      expect(told.every(({ action, case_id }) => action === 'change' && case_id === 'jonas')).toBe(true)
      expect(await firstBrokenAudit(storage.rows)).toBeUndefined()
      await storage.rows.updateTable('audit').set({ person: 'ida' }).where('seq', '=', 1).execute()
      expect(await firstBrokenAudit(storage.rows)).toBe(1)
      await storage.close()
    })

    test('a full disk or a broken table fails the append and leaves the store working', async () => {
      const storage = await open()
      await sql`ALTER TABLE updates RENAME TO away`.execute(storage.rows)
      await expect(storage.updates.append(entry('lost?'))).rejects.toThrow()
      await sql`ALTER TABLE away RENAME TO updates`.execute(storage.rows)
      expect(await storage.updates.append(entry('kept'))).toBeGreaterThan(0)
      await storage.close()
    })
  })
}
