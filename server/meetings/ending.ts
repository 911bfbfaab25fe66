import type { Kysely } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { MeetingId } from '../../shared/ids.ts'
import { type Meeting, Repeat } from '../../shared/meetings.ts'
import type { Person } from '../../shared/people.ts'
import type { Database } from '../db/schema.ts'
import { derivedId, itemsOf, nextMeetingOf, takeWaiting } from './agenda-rows.ts'
import { buildAgenda } from './build-agenda.ts'
import { type Commands, type Held, invited, requireLeader, requireRunning } from './commands.ts'
import { nextOf } from './days.ts'
import { invitations, participantsOf } from './invitations.ts'
import type { MadeRecord } from './make-record.ts'
import { keepRecord } from './minutes.ts'
import { loadMeetings, type MeetingRows } from './rows.ts'

/** Ending a meeting: its minutes are made, and what was not reached moves on to the next one. */
export function createEnding(
  rows: Kysely<Database>,
  commands: Commands,
  make: (part: MeetingRows['cases'][number]) => Promise<MadeRecord>,
) {
  /** Ended already, it is the same meeting. */
  return async (by: Person, id: MeetingId, next: number | null): Promise<Meeting> => {
    const { rows: now } = await commands.see(by.id, id)
    const isRunning = now.meeting.started_at !== null && now.meeting.ended_at === null
    const made: MadeRecord[] = []
    if (isRunning && now.meeting.leader === by.id) for (const part of now.cases) made.push(await make(part))
    let following: string | undefined
    const meeting = await commands.run(by, id, async (held) => {
      requireLeader(held)
      if (held.meeting.ended_at !== null) return undefined
      requireRunning(held)
      if (next !== null && next <= held.now)
        throw new AppError('invalidInput', { field: 'body.next', reason: 'past' })
      await finishItems(held)
      following = await callNext(held, next)
      for (const part of made) await keepRecord(held.trx, id, part)
      await carryOver(held, following)
      if (following !== undefined) await prepare(held, following)
      return {
        what: 'ended',
        agenda: true,
        waiting: held.people.map(({ person }) => person),
        meeting: { status: 'held', ended_at: held.now, item: null, item_since: null },
      }
    })
    const [called] = following === undefined ? [] : await loadMeetings(rows, [following])
    if (called) commands.tell(called, { waiting: invited(called) })
    return meeting
  }

  async function prepare({ trx, now }: Held, following: string) {
    const [called] = await loadMeetings(trx, [following])
    if (!called) return
    await takeWaiting(
      trx,
      following,
      called.cases.map(({ case_id }) => case_id),
    )
    await buildAgenda(trx, called, now)
    await commands.record(trx, undefined, called, {
      what: 'called',
      detail: { follows: called.meeting.follows },
    })
  }
}

/** Where the meeting stood has been dealt with; the rest of what is open moves on. */
async function finishItems({ trx, meeting }: Held) {
  const open = trx
    .updateTable('agenda_items')
    .where('meeting_id', '=', meeting.id)
    .where('status', '=', 'open')
  if (meeting.item !== null) await open.set({ status: 'done' }).where('id', '=', meeting.item).execute()
  await open.set({ status: 'moved' }).execute()
}

/** What was not reached, once more for the meeting that follows, or waiting for one. */
async function carryOver({ trx, meeting, now }: Held, following: string | undefined) {
  const moved = (await itemsOf(trx, meeting.id)).filter(({ status }) => status === 'moved')
  for (const item of moved) {
    // These belong to every meeting, and are made anew.
    if (item.person === null && (item.kind === 'since' || item.kind === 'nextDate')) continue
    await trx
      .insertInto('agenda_items')
      .values({
        ...item,
        id: derivedId('carried', item.id),
        meeting_id: null,
        status: 'open',
        carried: 1,
        at: now,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    if (following !== undefined) continue
    const next = await nextMeetingOf(trx, item.case_id, meeting.id)
    if (next !== undefined) await takeWaiting(trx, next, [item.case_id])
  }
}

/** The meeting that follows, with the same people about the same logs; a standing one calls itself. */
async function callNext({ trx, meeting, cases, people, now }: Held, next: number | null) {
  const repeats = Repeat.nullable().parse(meeting.repeats)
  const startsAt = next ?? (repeats && nextOf(meeting.starts_at ?? now, repeats, now))
  if (startsAt === null) return undefined
  const id = derivedId('follows', meeting.id)
  const ids = cases.map(({ case_id }) => case_id)
  const participants = await participantsOf(trx, ids)
  const leader = participants.get(meeting.leader)?.mayLead ? meeting.leader : meeting.organiser
  await trx
    .insertInto('meetings')
    .values({
      id,
      revision: 0,
      kind: meeting.kind,
      title: meeting.title,
      status: 'called',
      starts_at: startsAt,
      minutes: meeting.minutes,
      place: meeting.place,
      link: meeting.link,
      repeats,
      organiser: meeting.organiser,
      leader,
      created_at: now,
      follows: meeting.id,
    })
    .execute()
  await trx
    .insertInto('meeting_cases')
    .values(ids.map((case_id, position) => ({ meeting_id: id, case_id, position })))
    .execute()
  const leftOut = people.flatMap(({ person, left_out }) =>
    left_out !== null && participants.has(person) ? { person, reason: left_out } : [],
  )
  const wish = { leftOut, invite: people.map(({ person }) => person), leader }
  const rows = invitations(id, wish, participants)
  if (rows.length > 0) await trx.insertInto('meeting_people').values(rows).execute()
  return id
}
