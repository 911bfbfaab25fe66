import { expect, test } from 'vitest'
import { oneAtATime } from '../../server/collab/one-at-a-time.ts'

test('work takes turns in the order of asking, and what comes in between goes before the next', async () => {
  const inTurn = oneAtATime(() => 0)
  const done: string[] = []
  const asked = ['first', 'second', 'third'].map((name) =>
    inTurn(async () => {
      done.push(`${name} begins`)
      setImmediate(() => done.push(`a message during the ${name}`))
      await Promise.resolve()
      done.push(`${name} ends`)
    }),
  )
  await Promise.all(asked)
  expect(done).toEqual([
    'first begins',
    'first ends',
    'a message during the first',
    'second begins',
    'second ends',
    'a message during the second',
    'third begins',
    'third ends',
  ])
})

test('it takes a fifth of the time at most: each turn is followed by a rest, and nobody waits long', async () => {
  let now = 0
  const rests: number[] = []
  const inTurn = oneAtATime(
    () => now,
    async (ms) => void rests.push(ms),
  )
  const takes = (ms: number) =>
    inTurn(async () => {
      now += ms
    })
  await Promise.all([takes(1), takes(4), takes(500), takes(0)])
  expect(rests).toEqual([4, 16, 100, 0])
})
