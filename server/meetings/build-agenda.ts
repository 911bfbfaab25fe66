import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../db/schema.ts'
import { derivedId, insertItem, isSame, itemsOf, type NewItem } from './agenda-rows.ts'
import { dayOf } from './days.ts'
import type { MeetingRows } from './rows.ts'

type Item = Selectable<Database['agenda_items']>
type Wanted = Pick<NewItem, 'kind' | 'title' | 'minutes'> & { block?: string; ref?: string }

const TITLE = 200

/** What belongs on a log's part of the agenda without anybody asking, in its order. */
async function wantedFor(
  rows: Kysely<Database>,
  caseId: string,
  day: string,
  alone: boolean,
): Promise<Wanted[]> {
  const goals = await rows
    .selectFrom('goals')
    .where('case_id', '=', caseId)
    .where('status', '=', 'active')
    .orderBy('number')
    .select(['id', 'title', 'review_date'])
    .execute()
  const disagreements = await rows
    .selectFrom('disagreements')
    .leftJoin('goals', (join) =>
      join.onRef('goals.case_id', '=', 'disagreements.case_id').onRef('goals.id', '=', 'disagreements.goal'),
    )
    .where('disagreements.case_id', '=', caseId)
    .where('closed_at', 'is', null)
    .orderBy('opened_at')
    .select(['disagreements.id', 'disagreements.goal', 'goals.title'])
    .execute()
  const questions = await rows
    .selectFrom('questions')
    .where('case_id', '=', caseId)
    .where('answered_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('at')
    .select(['id', 'text'])
    .execute()
  const due = goals.filter(({ review_date }) => review_date !== null && review_date <= day)
  // A team has many logs to see: there, a goal waits until it is due.
  const shown = due.length > 0 || !alone ? due : goals
  return [
    { kind: 'since', title: 'Siden sist', minutes: 5 },
    ...shown.map(({ id, title }) => ({ kind: 'goal', block: id, title, minutes: 10 })),
    ...disagreements.map(({ id, goal, title }) => ({
      kind: 'disagreement',
      block: goal,
      ref: id,
      title: title ?? '',
      minutes: 10,
    })),
    ...questions.map(({ id, text }) => ({ kind: 'question', ref: id, title: text, minutes: 5 })),
    ...(alone ? [{ kind: 'nextDate', title: 'Hvem gjør hva, neste dato', minutes: 5 }] : []),
  ]
}

type Changes = { added: NewItem[]; gone: string[]; titled: { id: string; title: string }[] }

/**
 * What the agenda of a meeting that has not begun lacks, and what the agenda itself had put there and has no reason to
 * hold any more. What people put there, changed or took off stays so, and nothing comes twice.
 */
export async function agendaChanges(
  rows: Kysely<Database>,
  { meeting, cases }: Pick<MeetingRows, 'meeting' | 'cases'>,
  now: number,
): Promise<Changes> {
  const items = await itemsOf(rows, meeting.id)
  const day = dayOf(Math.max(meeting.starts_at ?? now, now))
  const changes: Changes = { added: [], gone: [], titled: [] }
  for (const { case_id } of cases) {
    const own = items.filter((item) => item.case_id === case_id)
    const wanted = (await wantedFor(rows, case_id, day, meeting.kind === 'case')).map(
      ({ block = null, ref = null, ...rest }): NewItem => ({
        id: derivedId(meeting.id, case_id, rest.kind, block, ref),
        case_id,
        meeting_id: meeting.id,
        thread_id: null,
        block,
        ref,
        person: null,
        status: 'open',
        outcome: '',
        carried: 0,
        at: now,
        ...rest,
        title: (rest.title || '–').slice(0, TITLE),
      }),
    )
    changes.added.push(...wanted.filter((one) => !own.some((item) => isSame(item, one))))
    for (const item of own) {
      if (item.person !== null || item.status === 'off') continue
      const same = wanted.find((one) => isSame(item, one))
      if (!same && isWithoutReason(item)) changes.gone.push(item.id)
      if (same && item.kind !== 'since' && item.kind !== 'nextDate' && same.title !== item.title)
        changes.titled.push({ id: item.id, title: same.title })
    }
  }
  return changes
}

/** A goal that was carried over stays although it is not due; a disagreement that is settled does not. */
const isWithoutReason = ({ carried, kind, outcome }: Item): boolean =>
  outcome === '' && (carried === 0 || kind === 'disagreement' || kind === 'question')

/** Brings the agenda up to date; whether anything changed. */
export async function buildAgenda(
  trx: Kysely<Database>,
  found: Pick<MeetingRows, 'meeting' | 'cases'>,
  now: number,
): Promise<boolean> {
  const { added, gone, titled } = await agendaChanges(trx, found, now)
  if (gone.length > 0) await trx.deleteFrom('agenda_items').where('id', 'in', gone).execute()
  for (const { id, title } of titled)
    await trx.updateTable('agenda_items').set({ title }).where('id', '=', id).execute()
  for (const item of inOrder(added)) await insertItem(trx, item, await itemsOf(trx, found.meeting.id))
  return added.length + gone.length + titled.length > 0
}

/** The last item first, so that all others come before it. */
const inOrder = (items: readonly NewItem[]): NewItem[] => [
  ...items.filter(({ kind }) => kind !== 'nextDate'),
  ...items.filter(({ kind }) => kind === 'nextDate'),
]
