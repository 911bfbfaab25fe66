import { QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { LiveQueryClient } from '../../client/api/live-query-client.ts'

/** A server whose answers are written when they are asked for, and come when the line lets them. */
function slowServer() {
  let stored = 'before'
  const onTheWay: (() => void)[] = []
  return {
    change: (to: string) => {
      stored = to
    },
    ask: () => {
      const answer = stored
      return new Promise<string>((resolve) => onTheWay.push(() => resolve(answer)))
    },
    asked: () => onTheWay.length,
    arrive: (nth: number) => onTheWay[nth]?.(),
  }
}

const shown = (client: LiveQueryClient, queryFn: () => Promise<string>) => {
  const observer = new QueryObserver(client, { queryKey: ['rows'], queryFn })
  observer.subscribe(() => undefined)
  return () => observer.getCurrentResult().data
}

test('what changed while the first answer was on its way is shown: the rows are asked for again', async () => {
  const server = slowServer()
  const client = new LiveQueryClient()
  const rows = shown(client, server.ask)
  server.change('after')
  // Three events of a burst are one more question.
  for (let event = 0; event < 3; event++) void client.invalidateQueries({ queryKey: ['rows'] })
  expect(server.asked()).toBe(1)
  server.arrive(0)
  await vi.waitFor(() => expect(server.asked()).toBe(2))
  server.arrive(1)
  await vi.waitFor(() => expect(rows()).toBe('after'))
  expect(server.asked()).toBe(2)
})

test('a first answer that failed is asked for again as well', async () => {
  const server = slowServer()
  const client = new LiveQueryClient({ defaultOptions: { queries: { retry: false } } })
  let fail: (error: Error) => void = () => undefined
  let first = true
  const rows = shown(client, () => {
    if (!first) return server.ask()
    first = false
    return new Promise<string>((_, reject) => {
      fail = reject
    })
  })
  void client.invalidateQueries({ queryKey: ['rows'] })
  fail(new Error('the line is gone'))
  await vi.waitFor(() => expect(server.asked()).toBe(1))
  server.arrive(0)
  await vi.waitFor(() => expect(rows()).toBe('before'))
})

test('rows that are there already are asked for once at each change', async () => {
  const server = slowServer()
  const client = new LiveQueryClient()
  const rows = shown(client, server.ask)
  server.arrive(0)
  await vi.waitFor(() => expect(rows()).toBe('before'))
  server.change('after')
  const asked = client.invalidateQueries({ queryKey: ['rows'] })
  server.arrive(1)
  await asked
  expect(rows()).toBe('after')
  expect(server.asked()).toBe(2)
})
