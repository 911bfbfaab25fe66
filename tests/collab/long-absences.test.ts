// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { converge } from '../support/convergence.ts'

// Walks of the convergence fuzz that once lost something, twice as long as its own.
const walks: [number, string][] = [
  [1009, 'what was carried away and taken back during a long absence stays carried'],
  [1014, 'every block stands after long absences in which several people move the same one'],
  [1027, 'an element made another block while somebody else removes it leaves that block standing'],
]

for (const [seed, protects] of walks)
  test(`[BL1.4] ${protects} (seed ${seed}, 250 edits)`, () => {
    expect(converge({ seed, rounds: 250 })).toEqual([])
  })
