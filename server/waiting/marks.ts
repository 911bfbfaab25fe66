import { AppError } from '../../shared/errors.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { PutOff, WaitingItem, WaitingKey } from '../../shared/waiting.ts'
import { dayAfter, dayOf, timeOn } from '../municipality/day.ts'
import type { Rows } from './reader.ts'

/** The hour at which what was put off comes back. */
const MORNING = 7
const LONGEST = 366

export type Mark = { done: boolean; later: boolean }

/** What a person has seen or put off, by key; a mark whose time has come says nothing any more. */
export async function marksOf(rows: Rows, person: PersonId, now: number): Promise<Map<string, Mark>> {
  const found = await rows
    .selectFrom('waiting_marks')
    .leftJoin('meetings', 'meetings.id', 'waiting_marks.later_meeting')
    .where('waiting_marks.person', '=', person)
    .selectAll('waiting_marks')
    .select(['meetings.status', 'meetings.started_at', 'meetings.starts_at'])
    .execute()
  return new Map(
    found.map(({ key, done_at, later_until, status, started_at, starts_at }) => {
      // It follows a meeting that is moved, and comes back when that is cancelled or begins early.
      const ahead = status === 'called' && started_at === null && (starts_at ?? 0) > now
      return [key, { done: done_at !== null, later: ahead || (later_until ?? 0) > now }]
    }),
  )
}

/** Until when something is put off; throws `invalidInput` for a day that is not ahead, or a log without a next meeting. */
export function laterOf(
  until: PutOff,
  now: number,
  meeting: string | undefined,
): { later_until: number | null; later_meeting: string | null } {
  const wrong = (reason: string) => new AppError('invalidInput', { field: 'body.until', reason })
  if (until === 'nextMeeting') {
    if (meeting === undefined) throw wrong('no meeting is called')
    return { later_until: null, later_meeting: meeting }
  }
  const today = dayOf(now)
  const day = until === 'tomorrow' ? dayAfter(today) : until
  if (day <= today) throw wrong('not ahead')
  if (day > dayAfter(today, LONGEST)) throw wrong('too far ahead')
  return { later_until: timeOn(day, MORNING), later_meeting: null }
}

/** What may simply be seen: nobody is left waiting by it. */
export const maySee = ({ kind }: Pick<WaitingItem, 'kind'>): boolean =>
  kind === 'mention' || kind === 'answer' || kind === 'minutes'

type Change = Partial<{ done_at: number | null; later_until: number | null; later_meeting: string | null }>

export async function mark(rows: Rows, person: PersonId, key: WaitingKey, change: Change): Promise<void> {
  await rows
    .insertInto('waiting_marks')
    .values({ person, key, done_at: null, later_until: null, later_meeting: null, ...change })
    .onConflict((conflict) => conflict.columns(['person', 'key']).doUpdateSet(change))
    .execute()
}
