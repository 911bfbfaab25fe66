import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { MeetingId } from '../../shared/ids.ts'
import type { meetingRoutes, NewMeeting } from '../../shared/meeting-routes.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Person } from '../../shared/people.ts'
import type { Database } from '../db/schema.ts'
import { itemsOf, nextMeetingOf, takeWaiting } from './agenda-rows.ts'
import { buildAgenda } from './build-agenda.ts'
import {
  type Commands,
  type Done,
  type Held,
  invited,
  type MeetingsDependencies,
  notNow,
} from './commands.ts'
import { checkPeople, invitations, participantsOf, requireCases } from './invitations.ts'
import { readerOf } from './reader.ts'
import { loadMeetings, type MeetingRows } from './rows.ts'
import { forgetAnswers, proposeTimes, retime } from './times.ts'

type Change = z.output<typeof meetingRoutes.change.body>
type Answer = z.output<typeof meetingRoutes.answer.body>

/** Calling a meeting, moving it, cancelling it, and saying whether one comes. */
export function createArrangements(
  { rows, clock }: Pick<MeetingsDependencies, 'rows' | 'clock'>,
  commands: Commands,
) {
  async function insert(trx: Kysely<Database>, by: Person, body: NewMeeting, cases: readonly string[]) {
    const participants = await participantsOf(trx, cases)
    checkPeople(body, participants)
    const [only, ...others] = body.times
    const called = only !== undefined && others.length === 0
    await trx
      .insertInto('meetings')
      .values({
        id: body.id,
        revision: 0,
        kind: body.kind,
        title: body.title,
        status: called ? 'called' : 'proposed',
        starts_at: called ? only : null,
        minutes: body.minutes,
        place: body.place,
        link: body.link,
        repeats: body.repeats,
        organiser: by.id,
        leader: body.leader,
        created_at: clock(),
      })
      .execute()
    await trx
      .insertInto('meeting_cases')
      .values(cases.map((case_id, position) => ({ meeting_id: body.id, case_id, position })))
      .execute()
    await trx
      .insertInto('meeting_people')
      .values(invitations(body.id, body, participants))
      .execute()
    if (!called) await proposeTimes(trx, body.id, body.times)
    await takeWaiting(trx, body.id, cases)
  }

  return {
    /** The same id again by the same person is the same meeting. */
    async call(by: Person, body: NewMeeting): Promise<Meeting> {
      const cases = [...new Set(body.cases)]
      if (body.kind === 'case' && cases.length !== 1)
        throw new AppError('invalidInput', { field: 'body.cases', reason: 'one' })
      const isNew = await rows.transaction().execute(async (trx) => {
        const reader = await readerOf(trx, by.id)
        requireCases(cases, reader.may)
        const known = await trx
          .selectFrom('meetings')
          .where('id', '=', body.id)
          .select('organiser')
          .executeTakeFirst()
        if (known && known.organiser !== by.id)
          throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
        if (known) return false
        await insert(trx, by, body, cases)
        const [found] = await loadMeetings(trx, [body.id])
        if (!found) throw new AppError('internal')
        await buildAgenda(trx, found, clock())
        await commands.record(trx, by, found, { what: 'called', detail: leftOutIn(body) })
        return true
      })
      const { rows: now, meeting } = await commands.see(by.id, body.id)
      if (isNew) commands.tell(now, { agenda: true, waiting: invited(now) })
      return meeting
    },

    change: (by: Person, id: MeetingId, change: Change) =>
      commands.run(by, id, async (held) => {
        requireAhead(held)
        const participants = await participantsOf(
          held.trx,
          held.cases.map(({ case_id }) => case_id),
        )
        const leftOut =
          change.leftOut ??
          held.people.flatMap(({ person, left_out }) =>
            left_out === null || change.invite?.some((id) => id === person)
              ? []
              : { person, reason: left_out },
          )
        const leader = change.leader ?? held.meeting.leader
        checkPeople({ ...change, leader }, participants)
        await invite(held, invitations(id, { ...change, leader, leftOut }, participants), change)
        const { title, minutes, place, link } = change
        const when = change.times && (await retime(held, change.times))
        const meeting = { title, minutes, place, link, leader, ...when }
        const told = { agenda: true, waiting: held.people.map(({ person }) => person) }
        return { what: when ? 'moved' : 'changed', meeting, detail: leftOutIn(change), ...told }
      }),

    cancel: (by: Person, id: MeetingId) =>
      commands.run(by, id, async (held) => {
        if (held.meeting.status === 'cancelled') return undefined
        requireAhead(held)
        await forgetAnswers(held)
        await letItemsWait(held)
        return { what: 'cancelled', meeting: { status: 'cancelled' }, agenda: true, waiting: invited(held) }
      }),

    answer: (by: Person, id: MeetingId, { answer, times = [] }: Answer) =>
      commands.run(by, id, async (held) => {
        const { trx, people, meeting } = held
        if (!invited(held).includes(by.id) || !people.some(({ person }) => person === by.id))
          throw new AppError('notAllowed')
        if (meeting.status === 'cancelled' || meeting.ended_at !== null) throw notNow(meeting.status)
        if (answer)
          await trx
            .updateTable('meeting_people')
            .set({ answer })
            .where('meeting_id', '=', id)
            .where('person', '=', by.id)
            .execute()
        for (const [at, { time, answer }] of times.entries()) {
          if (!held.times.some((one) => one.id === time))
            throw new AppError('invalidInput', { field: `body.times.${at}.time`, reason: 'unknown' })
          await trx
            .insertInto('meeting_time_answers')
            .values({ time_id: time, person: by.id, answer })
            .onConflict((conflict) => conflict.columns(['time_id', 'person']).doUpdateSet({ answer }))
            .execute()
        }
        return { what: 'answered', waiting: [by.id] }
      }),
  }
}

/** Who was left out stands in the audit by id; the reason is in the meeting. */
const leftOutIn = ({ leftOut }: Pick<Change, 'leftOut'>): NonNullable<Done['detail']> =>
  leftOut?.length ? { leftOut: leftOut.map(({ person }) => person).join(' ') } : {}

function requireAhead({ meeting, seen }: Held) {
  if (!seen.mayChange) throw new AppError('notAllowed')
  if (meeting.status === 'cancelled') throw notNow('cancelled')
  if (meeting.started_at !== null) throw notNow('begun')
}

async function invite(
  { trx, people, meeting }: Held,
  wanted: ReturnType<typeof invitations>,
  { leftOut }: Pick<Change, 'leftOut'>,
) {
  for (const row of wanted) {
    const known = people.find(({ person }) => person === row.person)
    if (!known) await trx.insertInto('meeting_people').values(row).execute()
    else if (known.left_out !== row.left_out)
      await trx
        .updateTable('meeting_people')
        .set({ left_out: row.left_out, answer: null })
        .where('meeting_id', '=', meeting.id)
        .where('person', '=', row.person)
        .execute()
  }
  if (!leftOut) return
  // Who was left out before and only reads was never invited by default.
  const kept = new Set(wanted.map(({ person }) => person))
  const gone = people.filter(({ person, left_out }) => left_out !== null && !kept.has(person))
  for (const { person } of gone)
    await trx
      .deleteFrom('meeting_people')
      .where('meeting_id', '=', meeting.id)
      .where('person', '=', person)
      .execute()
}

/** What people put on the agenda goes to the log's next meeting, or waits for one; the rest is built again there. */
async function letItemsWait({ trx, meeting, cases }: MeetingRows & { trx: Kysely<Database> }) {
  for (const item of await itemsOf(trx, meeting.id)) {
    if (item.person === null && item.carried === 0)
      await trx.deleteFrom('agenda_items').where('id', '=', item.id).execute()
    else await trx.updateTable('agenda_items').set({ meeting_id: null }).where('id', '=', item.id).execute()
  }
  for (const { case_id } of cases) {
    const next = await nextMeetingOf(trx, case_id, meeting.id)
    if (next) await takeWaiting(trx, next, [case_id])
  }
}
