// @vitest-environment jsdom
import { afterEach, describe, expect, test } from 'vitest'
import { converge } from '../support/convergence.ts'
import { breathe, seed as first, rounds } from '../support/fuzz.ts'

/** `npm run fuzz -- --seed N --runs N --rounds N convergence`; FUZZ_TRACE=1 tells what happened, step by step. */
const runs = rounds(40, 200)
const edits = Number(process.env['FUZZ_ROUNDS'] ?? 120)
const trace = process.env['FUZZ_TRACE'] ? (line: string): void => console.log(line) : undefined

afterEach(breathe)

describe('[BL1] four editors in one log, at random, some of them offline in between', () => {
  for (let seed = first; seed < first + runs; seed += 1)
    test(`[BL1] seed ${seed}: no lost text, no lost block, equal documents, nothing changed by opening`, () => {
      expect(converge({ seed, rounds: edits, trace })).toEqual([])
    })
})

describe('[BL1] four editors that now and then send all they have, known or not', () => {
  for (let seed = first; seed < first + runs / 4; seed += 1)
    test(`[BL1] seed ${seed}: no lost text, no lost block, equal documents, nothing changed by opening`, () => {
      expect(converge({ seed, rounds: edits, all: 0.15, gate: true, trace })).toEqual([])
    })
})
