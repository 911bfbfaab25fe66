import type { Kysely } from 'kysely'
import { AgendaItemId, CaseId, type PersonId } from '../../shared/ids.ts'
import type { Database } from '../db/schema.ts'
import { readerOf } from './reader.ts'

/**
 * Logs of the reader's that somebody has put on an agenda which was not reached yet, or that wait for a meeting.
 * `item` is what the reader put there for the log as a whole, and may take back.
 */
export async function casesOnAgenda(
  rows: Kysely<Database>,
  person: PersonId,
): Promise<{ case: CaseId; item: AgendaItemId | null }[]> {
  const { cases } = await readerOf(rows, person)
  if (cases.length === 0) return []
  const items = await rows
    .selectFrom('agenda_items')
    .leftJoin('meetings', 'meetings.id', 'agenda_items.meeting_id')
    .where('case_id', 'in', cases)
    .where('agenda_items.status', '=', 'open')
    .where('agenda_items.person', 'is not', null)
    .where('meetings.ended_at', 'is', null)
    .orderBy('agenda_items.at')
    .select(['agenda_items.id', 'case_id', 'person', 'agenda_items.kind'])
    .execute()
  const byCase = Map.groupBy(items, ({ case_id }) => case_id)
  return [...byCase].map(([id, found]) => {
    const own = found.findLast((item) => item.person === person && item.kind === 'free')
    return { case: CaseId.parse(id), item: own ? AgendaItemId.parse(own.id) : null }
  })
}
