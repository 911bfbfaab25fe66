import type { Kysely } from 'kysely'
import { z } from 'zod'
import { CaseId, type PersonId } from '../../shared/ids.ts'
import { Meeting, type MeetingSummary } from '../../shared/meetings.ts'
import { type CaseCapability, CaseRole, can } from '../../shared/roles.ts'
import type { Database } from '../db/schema.ts'
import type { MeetingRows } from './rows.ts'

/** Somebody with their parts in logs: what they may see and do in a meeting follows from nothing else. */
export type Reader = {
  readonly person: PersonId
  may(caseId: string, capability: CaseCapability): boolean
  /** The logs that they may read. */
  readonly cases: readonly CaseId[]
}

export async function readerOf(rows: Kysely<Database>, person: PersonId): Promise<Reader> {
  const memberships = await rows
    .selectFrom('memberships')
    .where('person', '=', person)
    .select(['case_id', 'role'])
    .execute()
  const roles = new Map(memberships.map(({ case_id, role }) => [case_id, CaseRole.parse(role)]))
  const may: Reader['may'] = (caseId, capability) => {
    const role = roles.get(caseId)
    return role !== undefined && can(role, capability)
  }
  const cases = [...roles.keys()].filter((id) => may(id, 'log.read')).map((id) => CaseId.parse(id))
  return { person, may, cases }
}

/** A meeting as it is, and which of its logs each of its people takes part in. Never served as it stands. */
export const WholeMeeting = z.object({ meeting: Meeting, inCases: z.record(z.string(), z.array(CaseId)) })
export type WholeMeeting = z.infer<typeof WholeMeeting>

/** Whether somebody may begin and lead a meeting: invited to it, and entitled to in one of its logs. */
export const mayLead = ({ cases, people }: Pick<Meeting, 'cases' | 'people'>, reader: Reader): boolean =>
  people.some(({ person, leftOut }) => person === reader.person && leftOut === null) &&
  cases.some(({ id }) => reader.may(id, 'meeting.lead'))

/** Whether somebody may move or cancel it: its organiser or leader, or who may in every one of its logs. */
export function mayChange(
  { organiser, leader, cases }: Pick<Meeting, 'organiser' | 'leader' | 'cases'>,
  reader: Reader,
): boolean {
  const entitled = cases.filter(({ id }) => reader.may(id, 'agenda.change'))
  const theirs = organiser.person === reader.person || leader.person === reader.person
  return entitled.length > 0 && (theirs || entitled.length === cases.length)
}

/**
 * The meeting as its reader may see it: logs that they may not read are left out, with their agenda and whoever
 * takes part for those alone. Undefined for who may read none of its logs.
 */
export function narrow({ meeting, inCases }: WholeMeeting, reader: Reader): Meeting | undefined {
  const cases = meeting.cases.filter(({ id }) => reader.may(id, 'log.read'))
  if (cases.length === 0) return undefined
  const seen = new Set(cases.map(({ id }) => id))
  const people = meeting.people.filter(
    ({ person }) => person === reader.person || inCases[person]?.some((id) => seen.has(id)),
  )
  const shown = new Set(people.map(({ person }) => person))
  const agenda = meeting.agenda.filter((item) => seen.has(item.case))
  const { live } = meeting
  return {
    ...meeting,
    cases,
    people,
    // A guest is somebody’s guest: in a meeting over several logs they might tell of one that is not read here.
    guests: cases.length === meeting.cases.length ? meeting.guests : [],
    times: meeting.times.map((time) => ({
      ...time,
      answers: time.answers.filter(({ person }) => shown.has(person)),
    })),
    agenda,
    live: live && { ...live, item: agenda.some(({ id }) => id === live.item) ? live.item : null },
    minutesBlocks: meeting.minutesBlocks.filter((one) => seen.has(one.case)),
    mayLead: mayLead(meeting, reader),
    mayChange: mayChange(meeting, reader),
  }
}

/** The meeting with everything in it. */
export function wholeOf({ meeting, cases, people, guests, times, items, named }: MeetingRows): WholeMeeting {
  const signed = (person: string | null) => {
    const known = person === null ? undefined : named.get(person)
    return known ? { person, ...known } : null
  }
  const running = meeting.started_at !== null && meeting.ended_at === null
  const whole = {
    id: meeting.id,
    revision: meeting.revision,
    kind: meeting.kind,
    title: meeting.title,
    status: meeting.status,
    startsAt: meeting.starts_at,
    minutes: meeting.minutes,
    place: meeting.place,
    link: meeting.link,
    repeats: meeting.repeats,
    cases: cases.map(({ case_id, name, about }) => ({ id: case_id, name, about })),
    organiser: signed(meeting.organiser),
    leader: signed(meeting.leader),
    people: people.map(({ person, name, title, service, left_out, answer, attended }) => ({
      person,
      name,
      title,
      service,
      leftOut: left_out,
      answer,
      attended: attended === null ? null : attended === 1,
    })),
    guests: guests.map(({ id, name, about }) => ({ id, name, about })),
    times: times.map(({ id, starts_at, answers }) => ({
      id,
      startsAt: starts_at,
      answers: answers.map(({ person, answer }) => ({ person, answer })),
    })),
    agenda: items.map((item) => itemOf(item, signed(item.person))),
    live: running
      ? {
          startedAt: meeting.started_at,
          item: meeting.item,
          itemSince: meeting.item_since ?? meeting.started_at,
        }
      : null,
    endedAt: meeting.ended_at,
    signed:
      meeting.signed_at === null
        ? null
        : { by: signed(meeting.signed_by), at: meeting.signed_at, checksum: meeting.checksum },
    minutesBlocks: cases.flatMap(({ case_id, block }) => (block === null ? [] : { case: case_id, block })),
    mayLead: false,
    mayChange: false,
  }
  return WholeMeeting.parse({
    meeting: whole,
    inCases: Object.fromEntries(people.map(({ person, inCases }) => [person, inCases])),
  })
}

export const meetingFor = (rows: MeetingRows, reader: Reader): Meeting | undefined =>
  narrow(wholeOf(rows), reader)

/** A row of the agenda on the wire. */
export const itemOf = (item: MeetingRows['items'][number], person: unknown) => ({
  id: item.id,
  case: item.case_id,
  kind: item.kind,
  block: item.block,
  thread: item.thread_id,
  title: item.title,
  person,
  minutes: item.minutes,
  status: item.status,
  outcome: item.outcome,
  carried: item.carried === 1,
})

/** The meeting in short, as its reader may see it. */
export function summaryFor(rows: MeetingRows, reader: Reader): MeetingSummary | undefined {
  const meeting = meetingFor(rows, reader)
  if (!meeting) return undefined
  const me = meeting.people.find(({ person }) => person === reader.person)
  return {
    ...meeting,
    running: meeting.live !== null,
    signedAt: meeting.signed?.at ?? null,
    items: meeting.agenda.length,
    myAnswer: me?.answer ?? null,
    invited: me !== undefined && me.leftOut === null,
  }
}
