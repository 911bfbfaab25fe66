import type { CaseId, MeetingId, PersonId } from '../../shared/ids.ts'
import type { NewMeeting } from '../../shared/meeting-routes.ts'
import { newId } from '../api/ids.ts'
import { fromField, suggestedTime, toField } from './when.ts'

/** What somebody has filled in of a meeting, as the fields hold it. */
export type Plan = {
  readonly id: MeetingId
  readonly cases: readonly CaseId[]
  readonly title: string
  readonly times: readonly string[]
  readonly minutes: number
  readonly place: string
  readonly link: string
  readonly leader: PersonId
  readonly repeats: NewMeeting['repeats']
  /** Who of those invited by default is left out, and why. */
  readonly leftOut: ReadonlyMap<PersonId, string>
}

export const lengths = [10, 30, 45, 60, 90] as const
export const MOST_TIMES = 8

/** A plan to begin with. */
export const newPlan = (cases: readonly CaseId[], leader: PersonId, title: string, now: number): Plan => ({
  id: newId<MeetingId>(),
  cases,
  title,
  times: [toField(suggestedTime(now))],
  minutes: 30,
  place: '',
  link: '',
  leader,
  repeats: null,
  leftOut: new Map(),
})

export type Fault = 'title' | 'times' | 'link' | 'cases' | `reason:${string}`

/** What is missing, by field, in the order of the fields. */
export function faultsOf(plan: Plan, now: number): Fault[] {
  const times = plan.times.map(fromField)
  return [
    ...(plan.cases.length === 0 ? (['cases'] as const) : []),
    ...(plan.title.trim() === '' ? (['title'] as const) : []),
    ...(times.some((at) => at === undefined || at < now - 12 * 3600_000) ? (['times'] as const) : []),
    ...(plan.link.trim() !== '' && !isWebAddress(plan.link.trim()) ? (['link'] as const) : []),
    ...[...plan.leftOut].flatMap(([person, reason]) =>
      reason.trim() === '' ? ([`reason:${person}`] as const) : [],
    ),
  ]
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** The body of the call that a plan makes. */
export const bodyOf = (plan: Plan): NewMeeting => ({
  id: plan.id,
  cases: [...plan.cases],
  kind: plan.cases.length > 1 || plan.repeats ? 'team' : 'case',
  title: plan.title.trim(),
  times: plan.times.flatMap((time) => fromField(time) ?? []),
  minutes: plan.minutes,
  place: plan.place.trim(),
  link: plan.link.trim(),
  leader: plan.leader,
  repeats: plan.repeats,
  invite: [],
  leftOut: [...plan.leftOut].map(([person, reason]) => ({ person, reason: reason.trim() })),
})
