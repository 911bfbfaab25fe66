import { describe, expect, test } from 'vitest'
import { Copies, type Named, Seen } from '../../../shared/case-log/copies.ts'

const one = { client: 1, clock: 0 }
const other = { client: 2, clock: 0 }

/** Somebody has taken one of two copies, and this one names ranges before they take the other. */
function believes(named: readonly Named[]): boolean {
  const copies = new Copies()
  copies.join(one, other)
  copies.took(one, new Seen())
  const seen = new Seen()
  seen.name(named, copies.mark)
  return copies.believed(other, seen)
}

const ranges = (count: number): Named[] =>
  Array.from({ length: count }, (_, at) => ({ client: 1, clock: at * 2, length: 1 }))

describe('whether somebody who takes the last copy believed that another stands', () => {
  test('they did, when they have heard and said nothing of it', () => {
    expect(believes([])).toBe(true)
  })

  test('they did not, when they say themselves that the other is gone', () => {
    expect(believes(ranges(1))).toBe(false)
  })

  test('what is kept of what they say is bounded, and what is not kept is given back', () => {
    expect(believes(ranges(5000))).toBe(false)
    expect(believes(ranges(5001).reverse())).toBe(true)
  })

  test('an endless list in many messages keeps no more than that either', () => {
    const copies = new Copies()
    copies.join(one, other)
    copies.took(one, new Seen())
    const seen = new Seen()
    for (let nth = 0; nth < 100; nth += 1) seen.name(ranges(4000), copies.mark)
    expect(copies.believed(other, seen)).toBe(false)
    seen.name([{ client: 3, clock: 0, length: 1 }], copies.mark)
    seen.name(
      ranges(5000).map((range) => ({ ...range, client: 4 })),
      copies.mark,
    )
    expect(copies.believed(other, seen)).toBe(true)
  })
})
