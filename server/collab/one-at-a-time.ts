import { setImmediate, setTimeout } from 'node:timers/promises'

/** Has work done when its turn comes; resolves when it is done. */
export type InTurn = (work: () => Promise<void>) => Promise<void>

/** After each turn comes a rest so many times as long, and at most so long (ms). */
const REST = 4
const LONGEST_REST = 100

const pause = (ms: number) => setTimeout(ms, undefined, { ref: false })

/**
 * Turns for work that can wait and never fails: one at a time, in the order of asking, and whatever has come from
 * the network in between goes first. It takes a fifth of the time at most: where few ask nobody notices, and where
 * hundreds do, each is asked for less often instead of holding everybody's writing up.
 */
export function oneAtATime(
  clock = () => performance.now(),
  rest: (ms: number) => Promise<void> = pause,
): InTurn {
  let next = Promise.resolve()
  return (work) => {
    const turn = next.then(async () => {
      await setImmediate()
      const began = clock()
      await work()
      return clock() - began
    })
    next = turn.then((took) => rest(Math.min(took * REST, LONGEST_REST)))
    return turn.then(() => {})
  }
}
