/** A card that wants to stand at `wanted` px from the top, `height` px tall. */
export type Wish = { readonly id: string; readonly wanted: number; readonly height: number }

/**
 * Places cards beside their text, by where they want to be: none overlaps another, and whoever is in the way is pushed
 * down. The active one stands exactly at its text; those before it give way upwards, as far as there is room. Returns px
 * from the top for each, never below 0.
 */
export function placeCards(
  wishes: readonly Wish[],
  active: string | undefined,
  gap: number,
): Map<string, number> {
  const order = wishes.map((wish, at) => ({ ...wish, at }))
  order.sort((a, b) => a.wanted - b.wanted || a.at - b.at)
  const tops = pushedDown(order, gap)
  const chosen = order.findIndex(({ id }) => id === active)
  if (chosen > 0) giveWayUpwards(order, tops, chosen, gap)
  return new Map(order.map(({ id }, at) => [id, tops[at] ?? 0]))
}

function pushedDown(order: readonly Wish[], gap: number): number[] {
  let free = 0
  return order.map(({ wanted, height }) => {
    const top = Math.max(wanted, free)
    free = top + height + gap
    return top
  })
}

function giveWayUpwards(order: readonly Wish[], tops: number[], chosen: number, gap: number): void {
  const needed = order.slice(0, chosen).reduce((sum, { height }) => sum + height + gap, 0)
  let limit = Math.max(order[chosen]?.wanted ?? 0, needed)
  tops[chosen] = limit
  for (let at = chosen - 1; at >= 0; at -= 1) {
    const top = Math.min(tops[at] ?? 0, limit - gap - (order[at]?.height ?? 0))
    // What has room enough where it is, and all before it, stays.
    if (top === tops[at]) break
    tops[at] = top
    limit = top
  }
  let free = limitBelow(order, tops, chosen, gap)
  for (let at = chosen + 1; at < order.length; at += 1) {
    const { wanted = 0, height = 0 } = order[at] ?? {}
    tops[at] = Math.max(wanted, free)
    free = (tops[at] ?? 0) + height + gap
  }
}

const limitBelow = (order: readonly Wish[], tops: readonly number[], at: number, gap: number): number =>
  (tops[at] ?? 0) + (order[at]?.height ?? 0) + gap
