// @vitest-environment jsdom
import { afterEach, describe, expect, test } from 'vitest'
import { converge } from '../support/convergence.ts'
import { breathe, seed as first, rounds } from '../support/fuzz.ts'
import { Talk } from '../support/talk.ts'

/** `npm run fuzz -- --seed N --runs N --rounds N comment-anchors`; FUZZ_TRACE=1 tells what happened, step by step. */
const runs = rounds(12, 200)
const edits = Number(process.env['FUZZ_ROUNDS'] ?? 120)
const trace = process.env['FUZZ_TRACE'] ? (line: string): void => console.log(line) : undefined

afterEach(breathe)

describe('threads while four editors write, split, move and undo, some of them offline in between', () => {
  for (let seed = first; seed < first + runs; seed += 1)
    test(`seed ${seed}: each mark stands on what was spoken of, or the thread says that it is gone`, () => {
      const talk = new Talk()
      expect(converge({ seed, rounds: edits, trace, gate: true, talk, offline: 0.08 })).toEqual([])
      if (trace) console.log(talk.counts())
    })
})
