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

// Five people through the gate, five times as long, with lines that hear and do not speak for a long while: each of
// these took the last copy of something that had stood twice.
const schedules: [number, string][] = [
  [7, 'a word of which two people took one copy each stands'],
  [12, 'a word that its writer carried on while the server wrote it again stands'],
  [32, 'a block of which somebody took one copy, while the server took the other, stands'],
  [42, 'the same for a block in a block'],
  [545, 'a block that its writer makes another, where both were gone when they were written, stands'],
  [637, 'a block of which somebody made one copy another block, while the server took the other, stands'],
  [908, 'a word that somebody carries on long after it went another way is known as a copy'],
  [929, 'a copy that an undo brings back is known as one'],
  [3490, 'what is written again beside a formatting mark does not tear a word'],
  [1106, 'a block that went with what it stood in, unseen, is known to whoever writes on in it'],
]

for (const [seed, protects] of schedules)
  test(`[BL1.4] ${protects} (seed ${seed}, 1,000 edits)`, { timeout: 60_000 }, () => {
    expect(converge({ seed, rounds: 1000, peers: 5, offline: 0.06, gate: true })).toEqual([])
  })
