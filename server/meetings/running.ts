import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { minutes as minutesBlock } from '../../shared/blocks/json.ts'
import { appendBlocks } from '../../shared/case-log/document.ts'
import { outline } from '../../shared/case-log/outline.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { type AgendaItemId, BlockId, CaseId, MeetingId, PersonId } from '../../shared/ids.ts'
import type { meetingRoutes } from '../../shared/meeting-routes.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { Person } from '../../shared/people.ts'
import type { Database } from '../db/schema.ts'
import {
  type Commands,
  type Held,
  type MeetingsDependencies,
  notNow,
  requireLeader,
  requireRunning,
} from './commands.ts'
import { readerOf } from './reader.ts'
import { loadMeetings } from './rows.ts'
import { standingOf } from './standing.ts'

/** So long without a socket is away: then somebody else may take the lead. */
export const LEADER_AWAY = 10_000

/** A meeting while it is held: beginning it, moving through the agenda, who leads and who is there. */
export function createRunning(deps: MeetingsDependencies, commands: Commands) {
  const { rows, collab, events } = deps

  /** The block that the minutes are written in, in each log whose leader writes there. The same block again is the same. */
  async function writeBlocks(id: string): Promise<void> {
    const [found] = await loadMeetings(rows, [id])
    if (!found || found.meeting.started_at === null || found.meeting.ended_at !== null) return
    const { meeting, cases } = found
    const leader = await personOf(rows, meeting.leader)
    const reader = await readerOf(rows, leader.id)
    const at = new Date(meeting.started_at ?? 0).toISOString()
    for (const { case_id, block } of cases) {
      if (!reader.may(case_id, 'log.write')) continue
      const line = BlockId.parse(block ?? randomUUID())
      if (block === null) {
        const { numUpdatedRows } = await rows
          .updateTable('meeting_cases')
          .set({ block: line })
          .where('meeting_id', '=', id)
          .where('case_id', '=', case_id)
          .where('block', 'is', null)
          .executeTakeFirstOrThrow()
        // Somebody else gave it its block at this very moment.
        if (numUpdatedRows === 0n) continue
      }
      const target = { document: documentName(CaseId.parse(case_id), 'shared'), person: leader, line }
      await collab.writeAs(target, (doc) => {
        appendBlocks(doc, [minutesBlock({ id: line, meeting: MeetingId.parse(id), at })])
      })
    }
  }

  /** How the logs stand, each with the number of its newest update. */
  async function lookAt(id: string) {
    const [found] = await loadMeetings(rows, [id])
    const standing = new Map<string, { before: string; seq: number }>()
    for (const { case_id } of found?.cases ?? [])
      standing.set(
        case_id,
        await collab.read(documentName(CaseId.parse(case_id), 'shared'), (doc, seq) => ({
          before: JSON.stringify(standingOf(outline(doc))),
          seq,
        })),
      )
    return standing
  }

  return {
    writeBlocks,

    /** Begins it, and who begins leads it. Begun already, it is the same meeting. */
    async start(by: Person, id: MeetingId): Promise<Meeting> {
      const { rows: now, meeting } = await commands.see(by.id, id)
      if (!meeting.mayLead) throw new AppError('notAllowed')
      if (now.meeting.status === 'cancelled') throw notNow('cancelled')
      const standing = now.meeting.started_at === null ? await lookAt(id) : new Map()
      await commands.run(by, id, async (held) => {
        if (held.meeting.ended_at !== null) throw notNow('ended')
        if (held.meeting.started_at !== null) return undefined
        for (const { case_id } of held.cases) {
          const { before, seq } = standing.get(case_id) ?? {}
          await held.trx
            .updateTable('meeting_cases')
            .set({
              before,
              from_seq: seq,
              block: held.reader.may(case_id, 'log.write') ? randomUUID() : null,
            })
            .where('meeting_id', '=', id)
            .where('case_id', '=', case_id)
            .execute()
        }
        const here = new Set<string>(
          held.cases.flatMap(({ case_id }) => [...collab.inCase(CaseId.parse(case_id))]),
        )
        for (const { person, left_out, attended } of held.people)
          if (person === by.id || (left_out === null && attended === null && here.has(person)))
            await setAttended(held.trx, id, person, true)
        const first = held.seen.agenda.find(({ status }) => status === 'open') ?? null
        return {
          what: 'begun',
          agenda: true,
          waiting: held.people.map(({ person }) => person),
          meeting: {
            status: 'called',
            starts_at: held.meeting.starts_at ?? held.now,
            started_at: held.now,
            leader: by.id,
            item: first?.id ?? null,
            item_since: held.now,
          },
        }
      })
      await writeBlocks(id)
      return (await commands.see(by.id, id)).meeting
    },

    /** To an item of the agenda; the one that is left has been dealt with. */
    move: (by: Person, id: MeetingId, item: AgendaItemId) =>
      commands.run(by, id, async (held) => {
        requireRunning(held)
        requireLeader(held)
        const target = held.seen.agenda.find((one) => one.id === item)
        if (!target) throw new AppError('invalidInput', { field: 'body.item', reason: 'not on the agenda' })
        if (held.meeting.item === item) return undefined
        await leaveItem(held)
        return {
          what: 'at item',
          detail: { item },
          cases: [target.case],
          meeting: { item, item_since: held.now },
        }
      }),

    async lead(by: Person, id: MeetingId, person: PersonId): Promise<Meeting> {
      await commands.run(by, id, async (held) => {
        requireRunning(held)
        if (held.meeting.leader === person) return undefined
        const passes = held.meeting.leader === by.id
        const takes = person === by.id && events.awayFor(PersonId.parse(held.meeting.leader)) >= LEADER_AWAY
        if (!held.seen.mayLead || !(passes || takes)) throw new AppError('notAllowed')
        const other = held.people.some((one) => one.person === person && one.left_out === null)
        const reader = await readerOf(held.trx, person)
        if (!other || !held.cases.some(({ case_id }) => reader.may(case_id, 'meeting.lead')))
          throw new AppError('invalidInput', { field: 'body.person', reason: 'may not lead' })
        return {
          what: passes ? 'lead passed' : 'lead taken over',
          detail: { leader: person },
          meeting: { leader: person },
        }
      })
      await writeBlocks(id)
      return (await commands.see(by.id, id)).meeting
    },

    attend: (by: Person, id: MeetingId, { person, attended }: z.output<typeof meetingRoutes.attend.body>) =>
      commands.run(by, id, async (held) => {
        requireUnsigned(held)
        if (held.meeting.started_at === null) throw notNow('not begun')
        const one = held.seen.people.find((known) => known.person === person)
        if (!one) throw new AppError('invalidInput', { field: 'body.person', reason: 'not in the meeting' })
        if (one.attended === attended) return undefined
        await setAttended(held.trx, id, person, attended)
        return { what: 'attendance', detail: { member: person }, cases: shared(held, person) }
      }),

    addGuest: (by: Person, id: MeetingId, guest: z.output<typeof meetingRoutes.addGuest.body>) =>
      commands.run(by, id, async (held) => {
        requireUnsigned(held)
        const known = await held.trx
          .selectFrom('meeting_guests')
          .where('id', '=', guest.id)
          .select('meeting_id')
          .executeTakeFirst()
        if (known && known.meeting_id !== id)
          throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
        if (known) return undefined
        await held.trx
          .insertInto('meeting_guests')
          .values({ ...guest, meeting_id: id })
          .execute()
        return { what: 'guest', detail: { guest: guest.id } }
      }),

    removeGuest: (by: Person, id: MeetingId, guest: BlockId) =>
      commands.run(by, id, async (held) => {
        requireUnsigned(held)
        if (!held.guests.some((one) => one.id === guest)) return undefined
        await held.trx.deleteFrom('meeting_guests').where('id', '=', guest).execute()
        return { what: 'guest gone', detail: { guest } }
      }),
  }
}

export async function personOf(rows: Kysely<Database>, id: string): Promise<Person> {
  return Person.parse(
    await rows
      .selectFrom('people')
      .where('id', '=', id)
      .selectAll()
      .executeTakeFirstOrThrow(() => new AppError('internal')),
  )
}

export const setAttended = (
  trx: Kysely<Database>,
  meeting: string,
  person: string,
  attended: boolean | null,
): Promise<unknown> =>
  trx
    .updateTable('meeting_people')
    .set({ attended: attended === null ? null : Number(attended) })
    .where('meeting_id', '=', meeting)
    .where('person', '=', person)
    .execute()

/** The item where the meeting was has been dealt with. */
export async function leaveItem({ trx, meeting }: Pick<Held, 'trx' | 'meeting'>): Promise<void> {
  if (meeting.item === null) return
  await trx
    .updateTable('agenda_items')
    .set({ status: 'done' })
    .where('id', '=', meeting.item)
    .where('status', '=', 'open')
    .execute()
}

/** Those of the meeting's logs that somebody takes part in. */
const shared = ({ cases, people }: Held, person: string): string[] => {
  const theirs = people.find((one) => one.person === person)?.inCases ?? []
  return cases.map(({ case_id }) => case_id).filter((id) => theirs.includes(id))
}

/** Who is there is for those who may lead to say, until the minutes are signed. */
function requireUnsigned({ meeting, seen }: Held) {
  if (!seen.mayLead) throw new AppError('notAllowed')
  if (meeting.status === 'cancelled') throw notNow('cancelled')
  if (meeting.signed_at !== null) throw notNow('signed')
}
