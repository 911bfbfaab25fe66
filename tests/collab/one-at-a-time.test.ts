import { expect, test } from 'vitest'
import { oneAtATime } from '../../server/collab/one-at-a-time.ts'

test('work takes turns in the order of asking, and what comes in between goes before the next', async () => {
  const inTurn = oneAtATime()
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
