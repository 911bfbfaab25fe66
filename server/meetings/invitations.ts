import type { Kysely } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { CaseId } from '../../shared/ids.ts'
import { CaseRole, can } from '../../shared/roles.ts'
import type { Database } from '../db/schema.ts'
import { type MeetingRows, parseIds } from './rows.ts'

/** Somebody in one or more of a meeting's logs. */
export type Participant = {
  person: string
  service: string
  /** Those of the meeting's logs that they are in. */
  cases: string[]
  /** They take part, and are invited without anybody asking; who only reads is invited by name. */
  takesPart: boolean
  mayLead: boolean
}

/** Everybody in these logs. */
export async function participantsOf(
  rows: Kysely<Database>,
  cases: readonly string[],
): Promise<Map<string, Participant>> {
  const members = await rows
    .selectFrom('memberships')
    .where('case_id', 'in', cases)
    .orderBy('person')
    .select(['case_id', 'person', 'service', 'role'])
    .execute()
  const found = new Map<string, Participant>()
  for (const { case_id, person, service, role: text } of members) {
    const role = CaseRole.parse(text)
    if (!can(role, 'log.read')) continue
    const known = found.get(person)
    found.set(person, {
      person,
      service,
      cases: [...(known?.cases ?? []), case_id],
      takesPart: (known?.takesPart ?? false) || can(role, 'log.addLine'),
      mayLead: (known?.mayLead ?? false) || can(role, 'meeting.lead'),
    })
  }
  return found
}

type Wish = {
  invite?: readonly string[] | undefined
  leftOut?: readonly { person: string; reason: string }[] | undefined
  leader?: string | undefined
}

/** Refuses, by their fields, people who are in none of the logs, and a leader who may not lead or is not invited. */
export function checkPeople(
  { invite = [], leftOut = [], leader }: Wish,
  participants: Map<string, Participant>,
) {
  const refuse = (field: string, reason: string) => {
    throw new AppError('invalidInput', { field: `body.${field}`, reason })
  }
  for (const [at, person] of invite.entries())
    if (!participants.has(person)) refuse(`invite.${at}`, 'not in the log')
  for (const [at, { person }] of leftOut.entries()) {
    if (!participants.has(person)) refuse(`leftOut.${at}.person`, 'not in the log')
    if (invite.includes(person)) refuse(`leftOut.${at}.person`, 'invited')
  }
  if (leader === undefined) return
  if (!participants.get(leader)?.mayLead) refuse('leader', 'may not lead')
  if (leftOut.some(({ person }) => person === leader)) refuse('leader', 'left out')
}

/** Rows for everybody who is invited, and for who is left out with the reason. */
export const invitations = (
  meeting: string,
  { invite = [], leftOut = [], leader }: Wish,
  participants: Map<string, Participant>,
) =>
  [...participants.values()]
    .map((one) => ({ ...one, reason: leftOut.find(({ person }) => person === one.person)?.reason ?? null }))
    .filter(
      ({ person, takesPart, reason }) =>
        takesPart || reason !== null || person === leader || invite.some((id) => id === person),
    )
    .map(({ person, service, cases, reason }) => ({
      meeting_id: meeting,
      person,
      service,
      cases: JSON.stringify(cases),
      left_out: reason,
      answer: null,
      attended: null,
    }))

/**
 * Who has come into a log since a meeting was called is invited too, and who has left all of its logs is not any more.
 * Whether anything changed.
 */
export async function followMembers(
  trx: Kysely<Database>,
  { meeting, cases, people }: MeetingRows,
): Promise<boolean> {
  const participants = await participantsOf(
    trx,
    cases.map(({ case_id }) => case_id),
  )
  const known = new Map(people.map((one) => [one.person, one]))
  let changed = false
  for (const row of invitations(meeting.id, {}, participants)) {
    if (known.has(row.person)) continue
    await trx.insertInto('meeting_people').values(row).execute()
    changed = true
  }
  for (const { person, cases: before } of people) {
    const now = participants.get(person)?.cases
    if (now && now.length === parseIds(before).length && now.every((id) => parseIds(before).includes(id)))
      continue
    if (now)
      await trx
        .updateTable('meeting_people')
        .set({ cases: JSON.stringify(now) })
        .where('meeting_id', '=', meeting.id)
        .where('person', '=', person)
        .execute()
    else
      await trx
        .deleteFrom('meeting_people')
        .where('meeting_id', '=', meeting.id)
        .where('person', '=', person)
        .execute()
    changed = true
  }
  return changed
}

/** The logs, when somebody may call a meeting about each; else as for an unknown log, or `notAllowed`. */
export function requireCases(
  cases: readonly CaseId[],
  may: (id: CaseId, capability: 'log.read' | 'agenda.change') => boolean,
) {
  for (const id of cases) if (!may(id, 'log.read')) throw new AppError('notFound')
  for (const id of cases) if (!may(id, 'agenda.change')) throw new AppError('notAllowed')
}
