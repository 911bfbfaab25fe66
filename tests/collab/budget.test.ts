import { expect, test } from 'vitest'
import { createBudget, createPersonBuckets } from '../../server/collab/budget.ts'

/** A socket that remembers whether it is being read. */
function socket() {
  const state = { paused: false }
  const flow = {
    pause: () => {
      state.paused = true
    },
    resume: () => {
      state.paused = false
    },
  }
  return { state, flow }
}

const generous = { frames: 1000, bytes: 1_000_000 }
const tight = { frames: 0.001, bytes: 0.001 }

test('a socket that sends more than its share is read no further for now, and a neighbour is', () => {
  const [one, other] = [socket(), socket()]
  const budget = createBudget(one.flow, { frames: 10, bytes: 0.001 })
  const neighbour = createBudget(other.flow, generous)
  budget.arrived(1000)
  neighbour.arrived(1000)
  expect([one.state.paused, other.state.paused]).toEqual([true, false])
  budget.stop()
})

test('a person’s sockets share one budget; another person’s do not', () => {
  const bucketOf = createPersonBuckets(tight)
  const [one, two, other] = [socket(), socket(), socket()]
  const budgets = [one, two, other].map(({ flow }, index) => {
    const budget = createBudget(flow, generous)
    budget.shareWith(bucketOf(index < 2 ? 'maren' : 'petter'))
    return budget
  })
  budgets[0]?.arrived(100)
  budgets[1]?.arrived(0)
  expect([one.state.paused, two.state.paused, other.state.paused]).toEqual([true, true, false])
  for (const budget of budgets) budget.stop()
})

test('work beyond a frame’s own size counts as well', () => {
  const { state, flow } = socket()
  const budget = createBudget(flow, generous)
  budget.arrived(10)
  expect(state.paused).toBe(false)
  budget.charge(100_000_000)
  expect(state.paused).toBe(true)
  budget.stop()
})

test('what waits to be handled is bounded, and reading goes on when it has been', () => {
  const { state, flow } = socket()
  const budget = createBudget(flow, { frames: 1_000_000, bytes: 1_000_000_000 })
  for (let index = 0; index < 2001; index++) budget.arrived(1)
  expect(state.paused).toBe(true)
  budget.handled(1)
  expect(state.paused).toBe(false)
  budget.stop()
})
