import { setImmediate } from 'node:timers/promises'

/** Has work done when its turn comes; resolves when it is done. */
export type InTurn = (work: () => Promise<void>) => Promise<void>

/**
 * Turns for work that can wait and never fails: one at a time, in the order of asking, and whatever has come from
 * the network in between goes first. Many logs that fall due together would else hold everybody's writing up.
 */
export function oneAtATime(): InTurn {
  let last = Promise.resolve()
  return (work) => {
    last = last.then(() => setImmediate()).then(work)
    return last
  }
}
