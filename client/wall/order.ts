import type { AgendaItemId, CaseId } from '../../shared/ids.ts'
import type { AgendaItem } from '../../shared/meetings.ts'

type Placed = Pick<AgendaItem, 'id' | 'case'>

/** Where an item stands, counted from 1, and what comes before and after it. */
export function placeIn<T extends Placed>(
  agenda: readonly T[],
  id: AgendaItemId | undefined,
): { at: number; count: number; previous: T | undefined; next: T | undefined } {
  const index = agenda.findIndex((item) => item.id === id)
  return {
    at: index + 1,
    count: agenda.length,
    previous: index < 0 ? undefined : agenda[index - 1],
    next: index < 0 ? agenda[0] : agenda[index + 1],
  }
}

/**
 * What an item comes right after when it is moved one place: an id, or null for the first place. Undefined when it
 * cannot go further, or would leave its log's group in a team meeting.
 */
export function moveTo(
  agenda: readonly Placed[],
  id: AgendaItemId,
  direction: 'up' | 'down',
): AgendaItemId | null | undefined {
  const index = agenda.findIndex((item) => item.id === id)
  const passed = agenda[index + (direction === 'up' ? -1 : 1)]
  if (index < 0 || !passed || passed.case !== agenda[index]?.case) return undefined
  if (direction === 'down') return passed.id
  return agenda[index - 2]?.id ?? null
}

/** Items by the log that they are about, in the order of the agenda. */
export function byCase<T extends Placed>(agenda: readonly T[]): { case: CaseId; items: T[] }[] {
  const groups: { case: CaseId; items: T[] }[] = []
  for (const item of agenda) {
    const last = groups.at(-1)
    if (last?.case === item.case) last.items.push(item)
    else groups.push({ case: item.case, items: [item] })
  }
  return groups
}
