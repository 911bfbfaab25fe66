import { test } from 'vitest'
import { rounds, seed } from '../support/fuzz.ts'
import { surviveKills } from '../support/kills.ts'

const kills = rounds(40, 1000)

test(
  `${kills} kills at random moments lose nothing that was acknowledged (seed ${seed})`,
  {
    timeout: 60_000 + kills * 12_000,
  },
  () => surviveKills(seed, kills),
)
