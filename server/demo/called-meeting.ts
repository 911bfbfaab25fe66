import type { Insertable, Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { derivedId } from '../meetings/agenda-rows.ts'
import { invitations, participantsOf } from '../meetings/invitations.ts'
import type { DemoLog } from './demo-log.ts'

export type Item = Pick<Insertable<Database['agenda_items']>, 'kind' | 'title' | 'minutes'> &
  Partial<Insertable<Database['agenda_items']>>
type Meeting = Pick<Insertable<Database['meetings']>, 'id' | 'title' | 'minutes' | 'place' | 'leader'> &
  Partial<Insertable<Database['meetings']>>

type Called = {
  meeting: Meeting
  logs: readonly DemoLog[]
  answers: Readonly<Record<string, 'yes' | 'no' | 'maybe'>>
  items?: readonly Item[]
}

/** A meeting about logs of the demo, with everybody in them invited. */
export async function callDemoMeeting(trx: Kysely<Database>, { meeting, logs, answers, items = [] }: Called) {
  const begun = Date.parse('2026-11-20T10:20+01:00')
  await trx
    .insertInto('meetings')
    .values({
      revision: 1,
      kind: 'case',
      status: 'called',
      link: '',
      organiser: meeting.leader,
      created_at: begun,
      ...meeting,
    })
    .execute()
  await trx
    .insertInto('meeting_cases')
    .values(logs.map(({ id }, position) => ({ meeting_id: meeting.id, case_id: id, position })))
    .execute()
  const participants = await participantsOf(
    trx,
    logs.map(({ id }) => id),
  )
  const people = invitations(meeting.id, {}, participants)
  await trx
    .insertInto('meeting_people')
    .values(people.map((row) => ({ ...row, answer: answers[row.person] ?? null })))
    .execute()
  const [log] = logs
  if (!log || items.length === 0) return
  await trx
    .insertInto('agenda_items')
    .values(
      items.map((item, position) => ({
        id: derivedId('demo', meeting.id, String(position)),
        case_id: log.id,
        meeting_id: meeting.id,
        position,
        status: 'open',
        outcome: '',
        carried: 0,
        at: begun,
        ...item,
      })),
    )
    .execute()
}
