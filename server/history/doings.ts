import { NEVER } from './timeline.ts'

/**
 * Whose doings are told: turns in one group are told together, those with −1 not at all. `span` says net of what came
 * and went between two moments, whoever did it; without it, each group is told net of itself alone.
 */
export type Question = { group: (turn: number) => number; span: { from: number; to: number } | undefined }

/** Something began to be there, or ended: at most once for each group. */
export type Doing = { group: number; turn: number; kind: 'came' | 'went' | 'cameBack' }

/** What a question makes of the turns in which something came and went. */
export function doingsOf(
  events: readonly { turn: number; alive: boolean }[],
  { group, span }: Question,
): Doing[] {
  const kindOf = (event: { turn: number; alive: boolean }, first: boolean) =>
    event.alive ? (first ? ('came' as const) : ('cameBack' as const)) : ('went' as const)
  if (span) {
    const was = events.findLast(({ turn }) => turn <= span.from)?.alive ?? false
    const last = events.findLast(({ turn }) => turn <= span.to)
    if (!last || last.alive === was || last.turn <= span.from) return []
    const [origin] = events
    if (last.alive && origin && origin.turn > span.from)
      return [{ group: group(origin.turn), turn: origin.turn, kind: 'came' }]
    return [{ group: group(last.turn), turn: last.turn, kind: kindOf(last, last === origin) }]
  }
  const doings: Doing[] = []
  const seen = new Set<number>()
  for (const event of events) {
    const mine = event.turn === NEVER ? -1 : group(event.turn)
    if (mine < 0 || seen.has(mine)) continue
    seen.add(mine)
    const own = events.filter(({ turn }) => turn !== NEVER && group(turn) === mine)
    const last = own.at(-1) ?? event
    if (last.alive !== event.alive) continue
    doings.push({ group: mine, turn: last.turn, kind: kindOf(last, own.includes(events[0] ?? last)) })
  }
  return doings
}
