import type { Kysely, Selectable } from 'kysely'
import { ServiceId } from '../../shared/ids.ts'
import type { Database } from '../db/schema.ts'

type Row<T extends keyof Database> = Selectable<Database[T]>
type Named = { name: string; service: ServiceId }

/** A meeting with all of its rows, as nobody in particular sees it. */
export type MeetingRows = {
  meeting: Row<'meetings'>
  cases: (Row<'meeting_cases'> & { name: string; about: string })[]
  people: (Row<'meeting_people'> & { name: string; title: string; inCases: string[] })[]
  guests: Row<'meeting_guests'>[]
  times: (Row<'meeting_times'> & { answers: { person: string; answer: string }[] })[]
  /** In the order of the agenda, case by case. */
  items: Row<'agenda_items'>[]
  /** Everybody who is named in it, invited or not. */
  named: ReadonlyMap<string, Named>
}

/** Meetings with their rows, in the order of `ids`; ids of none are left out. */
export async function loadMeetings(
  rows: Kysely<Database>,
  ids: readonly string[],
  only?: { summary: true },
): Promise<MeetingRows[]> {
  if (ids.length === 0) return []
  const meetings = await rows.selectFrom('meetings').where('id', 'in', ids).selectAll().execute()
  const cases = await rows
    .selectFrom('meeting_cases')
    .innerJoin('cases', 'cases.id', 'meeting_cases.case_id')
    .where('meeting_id', 'in', ids)
    .orderBy('position')
    .selectAll('meeting_cases')
    .select(['cases.subject_name as name', 'cases.subject_about as about'])
    .execute()
  const people = await rows
    .selectFrom('meeting_people')
    .innerJoin('people', 'people.id', 'meeting_people.person')
    .where('meeting_id', 'in', ids)
    .orderBy('people.name')
    .selectAll('meeting_people')
    .select(['people.name', 'people.title'])
    .execute()
  const items = await rows
    .selectFrom('agenda_items')
    .where('meeting_id', 'in', ids)
    .where('status', '!=', 'off')
    .orderBy('position')
    .orderBy('at')
    .orderBy('id')
    .selectAll()
    .execute()
  const guests = only
    ? []
    : await rows
        .selectFrom('meeting_guests')
        .where('meeting_id', 'in', ids)
        .orderBy('name')
        .selectAll()
        .execute()
  const times = only ? [] : await timesOf(rows, ids)
  const mentioned = [
    ...meetings.flatMap(({ organiser, leader, signed_by }) => [organiser, leader, signed_by]),
    ...items.map(({ person }) => person),
  ].filter((person) => person !== null)
  const named = await namesOf(rows, mentioned)

  return ids.flatMap((id) => {
    const meeting = meetings.find((one) => one.id === id)
    if (!meeting) return []
    const mine = <R extends { meeting_id: string | null }>(all: readonly R[]) =>
      all.filter(({ meeting_id }) => meeting_id === id)
    const own = mine(cases)
    const place = new Map(own.map(({ case_id, position }) => [case_id, position]))
    return {
      meeting,
      cases: own,
      people: mine(people).map((person) => ({ ...person, inCases: parseIds(person.cases) })),
      guests: mine(guests),
      times: mine(times),
      items: mine(items).sort((a, b) => (place.get(a.case_id) ?? 0) - (place.get(b.case_id) ?? 0)),
      named,
    }
  })
}

/** People's names and services, by id. */
export async function namesOf(
  rows: Kysely<Database>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  if (ids.length === 0) return new Map()
  const found = await rows
    .selectFrom('people')
    .where('id', 'in', [...new Set(ids)])
    .select(['id', 'name', 'service'])
    .execute()
  return new Map(found.map(({ id, name, service }) => [id, { name, service: ServiceId.parse(service) }]))
}

async function timesOf(rows: Kysely<Database>, ids: readonly string[]) {
  const times = await rows
    .selectFrom('meeting_times')
    .where('meeting_id', 'in', ids)
    .orderBy('starts_at')
    .selectAll()
    .execute()
  if (times.length === 0) return []
  const answers = await rows
    .selectFrom('meeting_time_answers')
    .where(
      'time_id',
      'in',
      times.map(({ id }) => id),
    )
    .orderBy('person')
    .selectAll()
    .execute()
  return times.map((time) => ({ ...time, answers: answers.filter(({ time_id }) => time_id === time.id) }))
}

/** Ids that a row keeps as JSON. */
export function parseIds(text: string): string[] {
  const ids: unknown = JSON.parse(text)
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}
