// @vitest-environment jsdom
import { afterEach, describe, expect, test } from 'vitest'
import { converge } from '../support/convergence.ts'
import { breathe, seed as first, rounds } from '../support/fuzz.ts'

const runs = rounds(6, 2000)
const edits = Number(process.env['FUZZ_ROUNDS'] ?? (process.env['FUZZ_LONG'] ? 1000 : 200))

afterEach(breathe)

/** Five editors, 200 operations each in the long way, each coming and going, old messages coming again. */
describe('five editors through the gate, with old messages again and a log that is read from the disk', () => {
  for (let seed = first; seed < first + runs; seed += 1)
    test(`seed ${seed}: nothing honest is refused, and live log = replay = checkpoint and tail`, () => {
      expect(converge({ seed, rounds: edits, peers: 5, offline: 0.06, gate: true })).toEqual([])
    })
})
