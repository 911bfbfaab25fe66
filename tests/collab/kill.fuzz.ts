import { describe, test } from 'vitest'
import { rounds, seed } from '../support/fuzz.ts'
import { surviveKills } from '../support/kills.ts'

const kills = rounds(40, 1000)
/** A log is replayed whole after every kill: many logs reach further than one that has grown long. */
const MOST = 100

describe(`${kills} kills at random moments`, () => {
  for (let left = kills, from = seed; left > 0; left -= MOST, from += 1) {
    const some = Math.min(left, MOST)
    test(
      `${some} of them lose nothing that was acknowledged (seed ${from})`,
      { timeout: 60_000 + some * 12_000 },
      () => surviveKills(from, some),
    )
  }
})
