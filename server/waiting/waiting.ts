import type { Person } from '../../shared/people.ts'
import { WaitingItem } from '../../shared/waiting.ts'
import { answers, handovers, questions } from './asked.ts'
import { evaluations, measures } from './due.ts'
import { meetings, minutes, nextMeetings } from './meetings.ts'
import { type Reader, type Rows, readerOf } from './reader.ts'
import { mentions, replies } from './talk.ts'

export type Waits = { reader: Reader; items: WaitingItem[]; next: Awaited<ReturnType<typeof nextMeetings>> }

/** Somebody waits, then something is due, then there is something to know. */
const ranks: Record<WaitingItem['kind'], number> = {
  handover: 1,
  question: 1,
  mention: 1,
  meeting: 1,
  evaluation: 2,
  measure: 2,
  answer: 3,
  minutes: 3,
}
const SOON = 24 * 60 * 60 * 1000

/**
 * Everything that waits for somebody, most urgent first, put off or not: worked out from the rows as they stand,
 * with one query for each kind.
 */
export async function whatWaits(rows: Rows, person: Person, now: number): Promise<Waits> {
  const reader = await readerOf(rows, person, now)
  const mentioned = await mentions(rows, reader)
  const spokenTo = new Set(mentioned.map(({ thread }) => thread))
  const found = [
    mentioned,
    (await replies(rows, reader)).filter(({ thread }) => !spokenTo.has(thread)),
    await questions(rows, reader),
    await answers(rows, reader),
    await handovers(rows, reader),
    await measures(rows, reader),
    await evaluations(rows, reader),
    await meetings(rows, reader),
    await minutes(rows, reader),
  ].flat()
  const next = await nextMeetings(rows, reader)
  const items = new Map(
    found.map((item) => {
      const nextMeeting = item.case ? (next.get(item.case.id)?.startsAt ?? null) : null
      return [item.key, WaitingItem.parse({ ...item, nextMeeting })]
    }),
  )
  const rank = (item: WaitingItem) =>
    item.kind === 'meeting' && item.startsAt !== null && item.startsAt - now < SOON ? 0 : ranks[item.kind]
  const sorted = [...items.values()].sort(
    (a, b) => rank(a) - rank(b) || a.at - b.at || (a.key < b.key ? -1 : 1),
  )
  return { reader, items: sorted, next }
}
