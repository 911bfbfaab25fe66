import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Card, cardsOf, filtered } from '../../client/comments/cards.ts'
import { contentOf, piecesOf } from '../../client/comments/comment-words.ts'
import { placeCards, type Wish } from '../../client/comments/place-cards.ts'
import { Mentioned, Signed, Thread } from '../../shared/comments.ts'

const GAP = 10
const card = (id: string, wanted: number, height = 50): Wish => ({ id, wanted, height })
const places = (wishes: readonly Wish[], active?: string) =>
  Object.fromEntries(placeCards(wishes, active, GAP))

describe('cards beside their text', () => {
  test('stand level with it where there is room, and are pushed down where there is not', () => {
    expect(places([card('a', 0), card('b', 20), card('c', 400)])).toEqual({ a: 0, b: 60, c: 400 })
  })

  test('give way to the active one, which stands exactly at its text', () => {
    expect(places([card('a', 100), card('b', 120), card('c', 130)], 'b')).toEqual({ a: 60, b: 120, c: 180 })
  })

  test('leave those alone that are not in the way of the active one', () => {
    expect(places([card('a', 0), card('b', 100), card('c', 300)], 'c')).toEqual({ a: 0, b: 100, c: 300 })
  })

  test('never rise above the paper: at the very top even the active one is pushed down', () => {
    expect(places([card('a', 0), card('b', 5)], 'b')).toEqual({ a: 0, b: 60 })
  })

  const wish = fc.record({
    wanted: fc.integer({ min: 0, max: 2000 }),
    height: fc.integer({ min: 20, max: 400 }),
  })
  test('never overlap, never change order, whatever is active', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), fc.nat(), (rough, pick) => {
        const wishes = rough.map((one, at) => ({ id: String(at), ...one }))
        const active = wishes[pick % Math.max(1, wishes.length)]?.id
        const tops = placeCards(wishes, active, GAP)
        const order = wishes
          .map((one, at) => ({ ...one, at, top: tops.get(one.id) ?? Number.NaN }))
          .sort((a, b) => a.wanted - b.wanted || a.at - b.at)
        let free = 0
        for (const { top, height } of order) {
          expect(top).toBeGreaterThanOrEqual(free)
          free = top + height + GAP
        }
        const before = order.slice(
          0,
          order.findIndex(({ id }) => id === active),
        )
        const room = before.reduce((sum, { height }) => sum + height + GAP, 0)
        const chosen = order.find(({ id }) => id === active)
        if (chosen) expect(chosen.top).toBe(Math.max(chosen.wanted, room))
      }),
    )
  })
})

const maren = Signed.parse({ person: 'maren', name: 'Maren Solbakken', service: 'skole' })
const silje = Signed.parse({ person: 'silje', name: 'Silje Nordhagen', service: 'helse' })

const thread = (id: string, by: Signed, more: object = {}) =>
  Thread.parse({
    id,
    case: 'logg-a',
    anchor: { kind: 'text', block: 'goal-1', quote: 'ord', prefix: '', suffix: '', gone: false },
    at: 1,
    resolved: null,
    became: [],
    comments: [
      { id: `${id}-1`, by, at: 1, editedAt: null, deleted: false, text: 'Hei', mentions: [], reactions: [] },
    ],
    unread: 0,
    ...more,
  })

describe('the list of threads', () => {
  const mentioned = thread('c', silje)
  const threads = [
    thread('a', maren),
    thread('b', silje, { resolved: { by: silje, at: 2 } }),
    {
      ...mentioned,
      comments: mentioned.comments.map((one) => ({
        ...one,
        at: 9,
        mentions: [Mentioned.parse({ kind: 'service', ref: 'skole', label: 'Skole' })],
      })),
    },
  ]
  const cards = cardsOf(threads, [], [], maren)
  const ask = { me: { id: maren.person, service: maren.service }, inGoal: ({ id }: Card) => id === 'a' }
  const ids = (filter: Parameters<typeof filtered>[1]) => filtered(cards, filter, ask).map(({ id }) => id)

  test('shows what is open, latest first, what is done, what is mine, what names me or my service, and one goal’s', () => {
    expect(ids('open')).toEqual(['c', 'a'])
    expect(ids('resolved')).toEqual(['b'])
    expect(ids('mine')).toEqual(['a'])
    expect(ids('mentioned')).toEqual(['c'])
    expect(ids('goal')).toEqual(['a'])
  })
})

describe('the words of a comment', () => {
  const kari = Mentioned.parse({ kind: 'person', ref: 'kari', label: 'Kari' })
  const nordmann = Mentioned.parse({ kind: 'person', ref: 'nordmann', label: 'Kari Nordmann' })

  test('are cut at the names it speaks to, the longest name first', () => {
    expect(piecesOf('Hei @Kari Nordmann og @Kari!', [kari, nordmann])).toEqual([
      { text: 'Hei ', mention: undefined },
      { text: '@Kari Nordmann', mention: nordmann },
      { text: ' og ', mention: undefined },
      { text: '@Kari', mention: kari },
      { text: '!', mention: undefined },
    ])
  })

  test('come back into the field line by line, with their names', () => {
    expect(contentOf('Hei @Kari\n\nTakk', [kari])).toEqual({
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'Hei ' },
            { type: 'mention', attrs: kari },
          ],
        },
        { type: 'paragraph', content: [] },
        { type: 'paragraph', content: [{ type: 'text', text: 'Takk' }] },
      ],
    })
  })
})
