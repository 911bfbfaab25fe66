import type { Reader, Rows } from './reader.ts'
import { caseIn } from './reader.ts'

/** Meetings that the reader is called to, or asked which time suits them, and has not answered. */
export async function meetings(rows: Rows, reader: Reader) {
  const { person, now } = reader
  const found = await invitations(rows, reader)
    .where('meetings.organiser', '!=', person)
    .where('meetings.started_at', 'is', null)
    .where(({ or, and, eb, exists, selectFrom }) =>
      or([
        and([
          eb('meetings.status', '=', 'called'),
          eb('meetings.starts_at', '>', now),
          eb('meeting_people.answer', 'is', null),
        ]),
        and([
          eb('meetings.status', '=', 'proposed'),
          exists(
            selectFrom('meeting_times')
              .whereRef('meeting_times.meeting_id', '=', 'meetings.id')
              .where('meeting_times.starts_at', '>', now)
              .where((times) =>
                times.not(
                  times.exists(
                    times
                      .selectFrom('meeting_time_answers')
                      .whereRef('meeting_time_answers.time_id', '=', 'meeting_times.id')
                      .where('meeting_time_answers.person', '=', person)
                      .select('meeting_time_answers.time_id'),
                  ),
                ),
              )
              .select('meeting_times.id'),
          ),
        ]),
      ]),
    )
    .execute()
  return oneEach(found).map((row) => ({ ...meetingOf(reader, row), kind: 'meeting', at: row.created_at }))
}

/** Signed minutes of meetings that the reader was invited to and missed. */
export async function minutes(rows: Rows, reader: Reader) {
  const found = await invitations(rows, reader)
    .where('meetings.signed_at', 'is not', null)
    .where(({ or, eb }) =>
      or([eb('meeting_people.attended', 'is', null), eb('meeting_people.attended', '=', 0)]),
    )
    .execute()
  return oneEach(found).map((row) => ({
    ...meetingOf(reader, row),
    kind: 'minutes',
    key: `minutes:${row.id}`,
    at: row.signed_at ?? 0,
  }))
}

/** The next meeting of each of the reader's logs. */
export async function nextMeetings(
  rows: Rows,
  { ids, now }: Reader,
): Promise<Map<string, { id: string; startsAt: number }>> {
  if (ids.length === 0) return new Map()
  const found = await rows
    .selectFrom('meeting_cases')
    .innerJoin('meetings', 'meetings.id', 'meeting_cases.meeting_id')
    .where('meeting_cases.case_id', 'in', [...ids])
    .where('meetings.status', '=', 'called')
    .where('meetings.started_at', 'is', null)
    .where('meetings.starts_at', '>', now)
    .orderBy('meetings.starts_at', 'desc')
    .select(['meeting_cases.case_id', 'meetings.id', 'meetings.starts_at'])
    .execute()
  // The soonest is put last, and stays.
  return new Map(found.map(({ case_id, id, starts_at }) => [case_id, { id, startsAt: starts_at ?? now }]))
}

/** A row for each log of each meeting that the reader is invited to. */
const invitations = (rows: Rows, { person }: Reader) =>
  rows
    .selectFrom('meeting_people')
    .innerJoin('meetings', 'meetings.id', 'meeting_people.meeting_id')
    .innerJoin('people', 'people.id', 'meetings.organiser')
    .leftJoin('meeting_cases', 'meeting_cases.meeting_id', 'meetings.id')
    .where('meeting_people.person', '=', person)
    .where('meeting_people.left_out', 'is', null)
    .select([
      'meetings.id',
      'meetings.title',
      'meetings.starts_at',
      'meetings.created_at',
      'meetings.signed_at',
    ])
    .select(['meeting_cases.case_id', 'people.id as person', 'people.name', 'people.service'])

type Invitation = Awaited<ReturnType<ReturnType<typeof invitations>['execute']>>[number]
type Invited = Invitation & { cases: (string | null)[] }

function oneEach(found: readonly Invitation[]): Invited[] {
  return [...Map.groupBy(found, ({ id }) => id).values()].flatMap((rows) =>
    rows.slice(0, 1).map((row) => ({ ...row, cases: rows.map(({ case_id }) => case_id) })),
  )
}

function meetingOf(reader: Reader, { id, cases, title, starts_at, person, name, service }: Invited) {
  const [only] = cases
  return {
    key: `meeting:${id}`,
    case: only && cases.length === 1 ? caseIn(reader, only) : null,
    by: { person, name, service },
    meeting: id,
    title,
    startsAt: starts_at,
  }
}
