import type { Kysely } from 'kysely'
import type { PersonId } from '../../shared/ids.ts'
import type { MeetingSummary } from '../../shared/meetings.ts'
import type { Database } from '../db/schema.ts'
import { readerOf, summaryFor } from './reader.ts'
import { loadMeetings } from './rows.ts'

/** Meetings about logs that somebody may read: what is held now, next ones with the nearest first, then past ones. */
export async function listMeetings(rows: Kysely<Database>, person: PersonId): Promise<MeetingSummary[]> {
  const reader = await readerOf(rows, person)
  if (reader.cases.length === 0) return []
  const found = await rows
    .selectFrom('meeting_cases')
    .where('case_id', 'in', reader.cases)
    .select('meeting_id')
    .distinct()
    .execute()
  const meetings = await loadMeetings(
    rows,
    found.map(({ meeting_id }) => meeting_id),
    { summary: true },
  )
  const never = Number.MAX_SAFE_INTEGER
  const isPast = ({ status }: MeetingSummary) => status === 'held' || status === 'cancelled'
  return meetings
    .flatMap((meeting) => summaryFor(meeting, reader) ?? [])
    .sort(
      (a, b) =>
        Number(b.running) - Number(a.running) ||
        Number(isPast(a)) - Number(isPast(b)) ||
        (isPast(a)
          ? (b.startsAt ?? never) - (a.startsAt ?? never)
          : (a.startsAt ?? never) - (b.startsAt ?? never)),
    )
}
