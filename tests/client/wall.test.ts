import { describe, expect, test } from 'vitest'
import { spent, timeLeft, untilNextMinute } from '../../client/wall/clock.ts'
import { hideNames } from '../../client/wall/hidden-words.ts'
import { actOf, type Press, type Where } from '../../client/wall/keys.ts'
import { nextStatus } from '../../client/wall/log-changes.ts'
import { fromField, toField, weeksOn } from '../../client/wall/next-time.ts'
import { byCase, moveTo, placeIn } from '../../client/wall/order.ts'
import { MeasureStatus } from '../../shared/blocks/measure.ts'
import { AgendaItemId, CaseId } from '../../shared/ids.ts'
import { Random } from '../support/random.ts'

const MINUTE = 60_000

describe('the clock of an item', () => {
  test('counts whole minutes down, the last one included, and then how long it is over', () => {
    const at = (minutes: number) => timeLeft(0, 15, minutes * MINUTE)
    expect(at(0)).toEqual({ kind: 'left', minutes: 15 })
    expect(at(0.5)).toEqual({ kind: 'left', minutes: 15 })
    expect(at(14.99)).toEqual({ kind: 'left', minutes: 1 })
    expect(at(15)).toEqual({ kind: 'over', minutes: 0 })
    expect(at(15.9)).toEqual({ kind: 'over', minutes: 0 })
    expect(at(18)).toEqual({ kind: 'over', minutes: 3 })
  })

  test('never gives more than there was, when this device is behind the server', () => {
    expect(timeLeft(10 * MINUTE, 5, 0)).toEqual({ kind: 'left', minutes: 5 })
    expect(spent(10 * MINUTE, 5, 0)).toBe(0)
    expect(spent(0, 5, 60 * MINUTE)).toBe(1)
  })

  test('turns with the wall clock', () => {
    expect(untilNextMinute(61_000)).toBe(59_000)
    expect(untilNextMinute(120_000)).toBe(MINUTE)
  })
})

const item = (id: string, of = 'a') => ({ id: AgendaItemId.parse(id), case: CaseId.parse(of) })
const agenda = [item('1'), item('2'), item('3'), item('4', 'b'), item('5', 'b')]
const id = (name: string) => AgendaItemId.parse(name)

/** What the server does with «right after this one». */
function reordered(items: typeof agenda, moved: AgendaItemId, after: AgendaItemId | null) {
  const others = items.filter((one) => one.id !== moved)
  const one = items.filter((known) => known.id === moved)
  return others.toSpliced(after === null ? 0 : others.findIndex((known) => known.id === after) + 1, 0, ...one)
}

describe('the order of the agenda', () => {
  test('says where an item stands and what is beside it', () => {
    expect(placeIn(agenda, id('2'))).toMatchObject({
      at: 2,
      count: 5,
      previous: { id: '1' },
      next: { id: '3' },
    })
    expect(placeIn(agenda, id('5')).next).toBeUndefined()
    expect(placeIn(agenda, id('1')).previous).toBeUndefined()
    expect(placeIn(agenda, undefined)).toMatchObject({ at: 0, next: { id: '1' } })
    expect(placeIn([], undefined)).toEqual({ at: 0, count: 0, previous: undefined, next: undefined })
  })

  test('moves an item one place within its own log, and no further', () => {
    expect(moveTo(agenda, id('2'), 'up')).toBeNull()
    expect(moveTo(agenda, id('3'), 'up')).toBe('1')
    expect(moveTo(agenda, id('1'), 'down')).toBe('2')
    expect(moveTo(agenda, id('1'), 'up')).toBeUndefined()
    expect(moveTo(agenda, id('3'), 'down')).toBeUndefined()
    expect(moveTo(agenda, id('4'), 'up')).toBeUndefined()
  })

  test('a move and the move back are nothing, wherever it begins', () => {
    const random = new Random(4)
    for (let round = 0; round < 200; round += 1) {
      const moved = random.pick(agenda)?.id ?? id('1')
      const direction = random.chance(0.5) ? 'up' : 'down'
      const after = moveTo(agenda, moved, direction)
      if (after === undefined) continue
      const there = reordered(agenda, moved, after)
      expect(there).not.toEqual(agenda)
      const back = moveTo(there, moved, direction === 'up' ? 'down' : 'up')
      expect(back).not.toBeUndefined()
      expect(reordered(there, moved, back ?? null)).toEqual(agenda)
    }
  })

  test('a team meeting stands log by log', () => {
    expect(byCase(agenda).map(({ items }) => items.map((one) => one.id))).toEqual([
      ['1', '2', '3'],
      ['4', '5'],
    ])
  })
})

describe('single keys', () => {
  const press = (key: string, more: Partial<Press> = {}): Press => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    repeat: false,
    ...more,
  })
  const free: Where = { on: true, typing: false, covered: false }

  test('1 to 5 are the five steps; letters and arrows do as the wall says', () => {
    const steps = ['1', '2', '3', '4', '5'].map((key) => actOf(press(key), free))
    expect(steps).toEqual([-2, -1, 0, 1, 2].map((step) => ({ kind: 'rate', step })))
    expect(
      ['t', 'T', 'r', 'd', 'ArrowLeft', 'ArrowRight'].map((key) => actOf(press(key), free)?.kind),
    ).toEqual(['measure', 'measure', 'minutes', 'decision', 'previous', 'next'])
    expect(['0', '6', 'x', 'Enter', ' '].map((key) => actOf(press(key), free))).toEqual(
      Array(5).fill(undefined),
    )
  })

  test.each([
    ['somebody types', { ...free, typing: true }, {}],
    ['a dialog or menu is open', { ...free, covered: true }, {}],
    ['they are switched off', { ...free, on: false }, {}],
    ['Ctrl is held', free, { ctrlKey: true }],
    ['Cmd is held', free, { metaKey: true }],
    ['Alt is held', free, { altKey: true }],
    ['a letter is being composed', free, { isComposing: true }],
    ['the key is held down', free, { repeat: true }],
  ] as const)('do nothing while %s', (_why, where, more) => {
    for (const key of ['1', '5', 't', 'r', 'd', 'ArrowLeft', 'ArrowRight'])
      expect(actOf(press(key, more), where)).toBeUndefined()
  })
})

describe('names on a wall that others can see', () => {
  const names = ['Jonas Bergset']
  test('are drawn to letters, whole and first alone, in any case, also where a genitive hangs on', () => {
    expect(hideNames('Jonas Bergset er her. Jonas’ ord. JONAS!', names)).toBe('J. B. er her. J.’ ord. J.!')
    expect(hideNames('Saras språk', ['Sara Zielony'])).toBe('S.s språk')
  })
  test('leave other words alone', () => {
    expect(hideNames('Jonassen og Marjonas', names)).toBe('Jonassen og Marjonas')
    expect(hideNames('Jonas', [])).toBe('Jonas')
  })
})

describe('the next date', () => {
  test('is the same weekday and time, whatever the clocks do in between', () => {
    const start = new Date(2026, 9, 20, 9, 0).getTime()
    const later = new Date(weeksOn(start, 2))
    expect([later.getMonth(), later.getDate(), later.getHours()]).toEqual([10, 3, 9])
  })
  test('goes into its field and comes back the same', () => {
    const at = new Date(2026, 11, 10, 13, 45).getTime()
    expect(fromField(toField(at))).toBe(at)
    expect(fromField('')).toBeUndefined()
    expect(fromField('tull')).toBeUndefined()
  })
})

test('every status leads on to another, and a planned measure is done in two taps', () => {
  for (const status of MeasureStatus.options) expect(nextStatus[status]).not.toBe(status)
  expect(nextStatus[nextStatus.planned]).toBe('done')
})
