import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { agendaChanges, buildAgenda } from './build-agenda.ts'
import type { Commands, MeetingsDependencies } from './commands.ts'
import { followMembers, participantsOf } from './invitations.ts'
import { loadMeetings, type MeetingRows, parseIds } from './rows.ts'

/** Whether a meeting still follows its logs: it has not begun and is not cancelled. */
export const isAhead = ({ meeting }: Pick<MeetingRows, 'meeting'>): boolean =>
  meeting.started_at === null && meeting.status !== 'cancelled' && meeting.status !== 'held'

/** Agenda and invitations of a meeting ahead, brought up to date before it is shown or begins. */
export function createRefresh(
  { rows, clock }: Pick<MeetingsDependencies, 'rows' | 'clock'>,
  commands: Commands,
) {
  return async (id: string): Promise<void> => {
    const [found] = await loadMeetings(rows, [id])
    if (!found || !isAhead(found)) return
    const { added, gone, titled } = await agendaChanges(rows, found, clock())
    const isBehind = added.length + gone.length + titled.length > 0 || (await peopleBehind(rows, found))
    if (!isBehind) return
    await commands.runItself(id, async (held) => {
      if (!isAhead(held)) return undefined
      const people = await followMembers(held.trx, held)
      const agenda = await buildAgenda(held.trx, held, held.now)
      if (!people && !agenda) return undefined
      return { what: 'followed', agenda, waiting: people ? held.people.map(({ person }) => person) : [] }
    })
  }
}

async function peopleBehind(rows: Kysely<Database>, { cases, people }: MeetingRows): Promise<boolean> {
  const participants = await participantsOf(
    rows,
    cases.map(({ case_id }) => case_id),
  )
  const known = new Map(people.map(({ person, cases: ids }) => [person, parseIds(ids)]))
  for (const { person, takesPart, cases: now } of participants.values()) {
    const before = known.get(person)
    if (before ? !sameIds(before, now) : takesPart) return true
  }
  return people.some(({ person }) => !participants.has(person))
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id))
