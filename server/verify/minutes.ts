import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../db/schema.ts'
import { canonical, checksumOf } from '../meetings/minutes.ts'
import type { Difference } from './difference.ts'

/** What the audit says of a signature. */
const SignedRow = z.object({
  kind: z.literal('meeting'),
  meeting: z.string(),
  what: z.literal('signed'),
  checksum: z.string(),
})

/** Holds signed minutes against their checksum, and against the one that the audit got when they were signed. */
export async function verifyMinutes(rows: Kysely<Database>): Promise<Difference | undefined> {
  const audited = new Map<string, string>()
  const told = await rows
    .selectFrom('audit')
    .where('action', '=', 'change')
    .where('detail', 'like', '%"what":"signed"%')
    .select('detail')
    .execute()
  for (const { detail } of told) {
    const row = SignedRow.safeParse(JSON.parse(detail))
    if (row.success) audited.set(row.data.meeting, row.data.checksum)
  }
  const signed = await rows
    .selectFrom('meetings')
    .where('signed_at', 'is not', null)
    .orderBy('id')
    .select(['id', 'checksum', 'record'])
    .execute()
  const wrong = (id: string, what: string): Difference => ({ where: `meeting ${id}`, seq: 0, what })
  for (const { id, checksum, record } of signed) {
    if (record === null || checksumOf(record) !== checksum || !isCanonical(record))
      return wrong(id, 'its signed minutes do not have the checksum that they were signed with')
    if (audited.get(id) !== checksum)
      return wrong(id, 'the audit has no signature of its minutes with this checksum')
    audited.delete(id)
  }
  const [lost] = audited.keys()
  if (lost !== undefined) return wrong(lost, 'the audit tells of signed minutes that are not there')
  return undefined
}

const isCanonical = (text: string): boolean => canonical(JSON.parse(text)) === text
