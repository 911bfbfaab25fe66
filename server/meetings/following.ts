import type { Kysely } from 'kysely'
import type { MeetingId } from '../../shared/ids.ts'
import type { Database } from '../db/schema.ts'
import { nextMeetingOf } from './agenda-rows.ts'
import { meetingFor, type Reader } from './reader.ts'
import { loadMeetings, type MeetingRows } from './rows.ts'

/** The meeting that comes after this one, for who may see it. */
export async function nextAfter(
  rows: Kysely<Database>,
  { meeting, cases }: MeetingRows,
  reader: Reader,
): Promise<{ meeting: MeetingId; startsAt: number | null } | null> {
  const follows = await rows
    .selectFrom('meetings')
    .where('follows', '=', meeting.id)
    .where('status', '!=', 'cancelled')
    .select('id')
    .executeTakeFirst()
  const own = cases.find(({ case_id }) => reader.may(case_id, 'log.read'))
  const id = follows?.id ?? (own && (await nextMeetingOf(rows, own.case_id, meeting.id)))
  const [found] = id === undefined ? [] : await loadMeetings(rows, [id])
  const seen = found && meetingFor(found, reader)
  return seen ? { meeting: seen.id, startsAt: seen.startsAt } : null
}
