import { expect, test } from 'vitest'
import { highestRate } from './highest-rate.ts'
import { seeded } from './statistics.ts'

const range = { start: 2000, factor: 1.5, halvings: 1, least: 50, most: 40_000 }

test('finds the limit to within half a step, from above as from below, in a bounded number of tries', async () => {
  const random = seeded(1)
  for (let run = 0; run < 200; run++) {
    const limit = 60 + random() * 25_000
    const start = 100 + random() * 20_000
    let tries = 0
    const found = await highestRate(
      async (rate) => {
        tries++
        return rate <= limit
      },
      { ...range, start },
    )
    expect(found, `limit ${limit} from ${start}`).toBeLessThanOrEqual(limit)
    expect(found, `limit ${limit} from ${start}`).toBeGreaterThan(limit / Math.sqrt(1.5) - 1e-6)
    expect(tries).toBeLessThan(20)
  }
})

test('what holds at no rate sustains 0; what always holds stops at the most that is asked', async () => {
  expect(await highestRate(async () => false, range)).toBe(0)
  const always = await highestRate(async () => true, range)
  expect(always).toBeGreaterThan(40_000 / 1.5)
  expect(always).toBeLessThanOrEqual(40_000)
})
