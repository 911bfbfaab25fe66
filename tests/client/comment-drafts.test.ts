import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { leave } from '../../client/api/session.ts'
import { cardsOf } from '../../client/comments/cards.ts'
import { drafts, hasDrafts, newThreads } from '../../client/comments/drafts.ts'
import { Outbox, type Post, type Sending } from '../../client/comments/outbox.ts'
import { NewAnchor, Signed, Thread } from '../../shared/comments.ts'
import { AppError } from '../../shared/errors.ts'
import { CaseId, CommentId, ThreadId } from '../../shared/ids.ts'

const logA = CaseId.parse('logg-a')
const logB = CaseId.parse('logg-b')
const one = ThreadId.parse('one')
const two = ThreadId.parse('two')
const me = Signed.parse({ person: 'maren', name: 'Maren Solbakken', service: 'skole' })
const anchor = NewAnchor.parse({
  kind: 'text',
  ranges: [{ client: 7, clock: 0, length: 3 }],
  quote: 'ord',
  prefix: '',
  suffix: '',
})
const words = { type: 'doc', content: [] }

const sending = (id: string, thread = one, more: Partial<Sending> = {}): Sending => ({
  case: logA,
  thread,
  id: CommentId.parse(id),
  by: me,
  at: 1,
  text: id,
  mentions: [],
  ...more,
})

const answer = (thread: ThreadId): Thread =>
  Thread.parse({
    id: thread,
    case: logA,
    anchor: { kind: 'text', block: null, quote: 'ord', prefix: '', suffix: '', gone: false },
    at: 1,
    resolved: null,
    became: [],
    comments: [],
    unread: 0,
  })

describe('drafts', () => {
  afterEach(() => drafts.clear())

  test('are kept apart by thread and by comment, and by log', () => {
    drafts.keep({ case: logA, thread: one, content: words })
    drafts.keep({ case: logA, thread: one, comment: CommentId.parse('c'), content: words })
    drafts.keep({ case: logA, thread: two, anchor, content: undefined })
    drafts.drop(one)
    expect(drafts.of(one)).toBeUndefined()
    expect(drafts.of(one, CommentId.parse('c'))?.content).toBe(words)
    expect(newThreads(drafts.get(), logA).map(({ thread }) => thread)).toEqual([two])
    expect(newThreads(drafts.get(), logB)).toEqual([])
    expect([hasDrafts(drafts.get(), logA), hasDrafts(drafts.get(), logB)]).toEqual([true, false])
  })

  test('that nothing was written in hold nobody back', () => {
    drafts.keep({ case: logA, thread: two, anchor, content: undefined })
    expect(hasDrafts(drafts.get(), logA)).toBe(false)
  })

  test('are gone when somebody signs out', async () => {
    drafts.keep({ case: logA, thread: one, content: words })
    await leave()
    expect(drafts.get().size).toBe(0)
  })

  test('of a new thread are a card of their own until the server has it', () => {
    drafts.keep({ case: logA, thread: two, anchor, content: words })
    const begun = newThreads(drafts.get(), logA)
    expect(cardsOf([], begun, [], me).map(({ id, quote }) => [id, quote])).toEqual([[two, 'ord']])
    expect(cardsOf([answer(two)], begun, [], me).map(({ begun: anchored }) => anchored)).toEqual([undefined])
  })
})

describe('comments on their way', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** An outbox whose line is down until `line.up`; remembers what reached the server. */
  function outboxWith(refuse: (one: Sending) => Error | undefined = () => undefined) {
    const line = { up: false }
    const reached: string[] = []
    const sent: string[] = []
    const post: Post = async (given) => {
      if (!line.up) throw new Error('no line')
      const error = refuse(given)
      if (error) throw error
      reached.push(given.id)
      return answer(given.thread)
    }
    const outbox = new Outbox(post, ({ id }) => void sent.push(id))
    return { outbox, line, reached, sent }
  }

  test('say that they wait, and are sent once, under the same id, when the line is back', async () => {
    const { outbox, line, reached, sent } = outboxWith()
    outbox.send(sending('a'))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(outbox.get().map(({ state }) => state)).toEqual(['waiting'])
    line.up = true
    outbox.tryNow()
    outbox.tryNow()
    await vi.advanceTimersByTimeAsync(20_000)
    expect([reached, sent, outbox.get()]).toEqual([['a'], ['a'], []])
  })

  test('go by themselves, without anybody pressing anything', async () => {
    const { outbox, line, reached } = outboxWith()
    outbox.send(sending('a'))
    await vi.advanceTimersByTimeAsync(5000)
    line.up = true
    await vi.advanceTimersByTimeAsync(8000)
    expect(reached).toEqual(['a'])
  })

  test('of one thread keep their order, the thread itself first; another thread does not wait for them', async () => {
    const { outbox, line, reached } = outboxWith()
    outbox.send(sending('a', one, { anchor }))
    outbox.send(sending('b', one))
    outbox.send(sending('c', two))
    await vi.advanceTimersByTimeAsync(1)
    line.up = true
    outbox.tryNow()
    await vi.advanceTimersByTimeAsync(1)
    expect(reached.filter((id) => id !== 'c')).toEqual(['a', 'b'])
    expect(reached).toContain('c')
  })

  test('that are refused stay, with the reason, and can be taken back to be changed', async () => {
    const { outbox, line, reached } = outboxWith(({ id }) =>
      id === 'a' ? new AppError('invalidInput') : undefined,
    )
    line.up = true
    outbox.send(sending('a'))
    outbox.send(sending('b'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(outbox.get().map(({ id, state }) => [id, state])).toEqual([['a', 'refused']])
    expect(reached).toEqual(['b'])
    expect(outbox.takeBack(CommentId.parse('a'))?.text).toBe('a')
    expect(outbox.get()).toEqual([])
  })

  test('in a thread that was refused are not sent into nothing', async () => {
    const { outbox, line, reached } = outboxWith(({ anchor: begun }) =>
      begun ? new AppError('invalidInput') : undefined,
    )
    line.up = true
    outbox.send(sending('a', one, { anchor }))
    outbox.send(sending('b', one))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reached).toEqual([])
    expect(outbox.get()).toHaveLength(2)
  })

  test('are forgotten at sign-out, the one under way too', async () => {
    const { outbox, line, sent } = outboxWith()
    outbox.send(sending('a'))
    await vi.advanceTimersByTimeAsync(1)
    line.up = true
    outbox.tryNow()
    outbox.clear()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([outbox.get(), sent]).toEqual([[], []])
  })
})
