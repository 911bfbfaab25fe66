import { createHash } from 'node:crypto'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { Database } from '../db/schema.ts'

type Item = Selectable<Database['agenda_items']>
export type NewItem = Omit<Insertable<Database['agenda_items']>, 'position'>

/** The same id for the same thing, however often it is worked out. */
export const derivedId = (...parts: (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)

/** Whether two items are about the same: then the agenda holds one of them. */
export function isSame(
  a: Pick<NewItem, 'case_id' | 'kind' | 'block' | 'thread_id' | 'ref'>,
  b: Pick<NewItem, 'case_id' | 'kind' | 'block' | 'thread_id' | 'ref'>,
): boolean {
  const about = ({ block, thread_id, ref }: typeof a) => block ?? thread_id ?? ref ?? null
  if (a.case_id !== b.case_id || a.kind !== b.kind) return false
  const one = about(a)
  return one === about(b) && (one !== null || a.kind === 'since' || a.kind === 'nextDate')
}

/**
 * Puts an item last on its log's part of an agenda. What the agenda itself puts there has its place: since last time
 * comes first, who does what and the next date come last.
 */
export async function insertItem(
  trx: Kysely<Database>,
  item: NewItem,
  others: readonly Item[],
): Promise<void> {
  const own = others.filter(({ case_id, status }) => case_id === item.case_id && status !== 'off')
  const last = own.at(-1)
  const places = own.map(({ position }) => position)
  const first = item.kind === 'since' && item.person === null
  const position = first ? Math.min(1, ...places) - 1 : Math.max(0, ...places) + 1
  const before = !first && item.kind !== 'nextDate' && last?.kind === 'nextDate' && last.person === null
  if (before) await trx.updateTable('agenda_items').set({ position }).where('id', '=', last.id).execute()
  await trx
    .insertInto('agenda_items')
    .values({ ...item, position: before ? last.position : position })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Everything that stands on a meeting's agenda now, also what somebody took off. */
export const itemsOf = (rows: Kysely<Database>, meeting: string): Promise<Item[]> =>
  rows
    .selectFrom('agenda_items')
    .where('meeting_id', '=', meeting)
    .orderBy('position')
    .orderBy('at')
    .orderBy('id')
    .selectAll()
    .execute()

/** The meeting that something for a log goes to: the one being held, else its next one; undefined for none. */
export async function nextMeetingOf(
  rows: Kysely<Database>,
  caseId: string,
  except?: string,
): Promise<string | undefined> {
  const found = await rows
    .selectFrom('meeting_cases')
    .innerJoin('meetings', 'meetings.id', 'meeting_cases.meeting_id')
    .where('case_id', '=', caseId)
    .where('ended_at', 'is', null)
    .where('status', 'in', ['proposed', 'called'])
    .select(['meetings.id', 'meetings.started_at', 'meetings.starts_at', 'meetings.created_at'])
    .execute()
  const never = Number.MAX_SAFE_INTEGER
  return found
    .filter(({ id }) => id !== except)
    .sort(
      (a, b) =>
        Number(b.started_at !== null) - Number(a.started_at !== null) ||
        (a.starts_at ?? never) - (b.starts_at ?? never) ||
        a.created_at - b.created_at,
    )[0]?.id
}

/** Gives what waits for a log's next meeting to it. */
export async function takeWaiting(
  trx: Kysely<Database>,
  meeting: string,
  cases: readonly string[],
): Promise<void> {
  const waiting = await trx
    .selectFrom('agenda_items')
    .where('meeting_id', 'is', null)
    .where('case_id', 'in', cases)
    .where('status', '=', 'open')
    .orderBy('at')
    .orderBy('id')
    .selectAll()
    .execute()
  for (const item of waiting) {
    const others = await itemsOf(trx, meeting)
    await trx.deleteFrom('agenda_items').where('id', '=', item.id).execute()
    if (item.person === null && others.some((one) => isSame(one, item))) continue
    await insertItem(trx, { ...item, meeting_id: meeting }, others)
  }
}
