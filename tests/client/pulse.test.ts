import { describe, expect, test } from 'vitest'
import { daysSince, isSilent, lacksSomething, takingPart } from '../../client/cases/pulse.ts'
import { CaseSummary } from '../../shared/cases.ts'
import { ServiceId } from '../../shared/ids.ts'

const now = new Date('2026-11-20T08:00:00')
const school = ServiceId.parse('skole')
const ppt = ServiceId.parse('ppt')
const at = (local: string) => new Date(local).toISOString()
const beat = (lastLineAt: string | null) => ({ service: ppt, lastLineAt, unread: 0, askAgainAt: null })
const log = (pulses: unknown[], goals: unknown[] = [goal]) =>
  CaseSummary.parse({
    id: 'a',
    subject: { name: 'Jonas', kind: 'child', about: '' },
    status: 'active',
    level: 2,
    coordinator: { person: 'maren', name: 'Maren', service: 'skole' },
    role: 'coordinator',
    goals,
    pulses,
    unread: null,
    updatedAt: now.toISOString(),
  })
const goal = { id: 'g', number: 1, title: 'Mål', status: 'active', ratings: [] }

describe('the age of a last line', () => {
  test.each([
    ['2026-11-20T00:01:00', 0],
    ['2026-11-19T23:59:00', 1],
    ['2026-11-03T12:00:00', 17],
    ['2026-11-20T09:00:00', 0],
    ['2026-03-28T23:30:00', 237],
  ])('counts calendar days since %s, across summer time too', (moment, days) => {
    expect(daysSince(at(moment), now)).toBe(days)
  })

  test('a service is silent only after more days than the municipality set', () => {
    expect(isSilent(beat(at('2026-11-06T12:00:00')), 14, now)).toBe(false)
    expect(isSilent(beat(at('2026-11-05T12:00:00')), 14, now)).toBe(true)
    expect(isSilent(beat(null), 14, now)).toBe(false)
  })

  test('a log lacks something without a goal, with a silent service, or with one that has not begun', () => {
    const fresh = { service: ppt, lastLineAt: at('2026-11-19T12:00:00'), unread: 0, askAgainAt: null }
    expect(lacksSomething(log([fresh]), 14, now)).toBe(false)
    expect(lacksSomething(log([fresh], []), 14, now)).toBe(true)
    expect(
      lacksSomething(
        log([fresh, { service: school, lastLineAt: null, unread: 0, askAgainAt: null }]),
        14,
        now,
      ),
    ).toBe(true)
    expect(
      lacksSomething(
        log([{ service: ppt, lastLineAt: at('2026-10-01T12:00:00'), unread: 0, askAgainAt: null }]),
        14,
        now,
      ),
    ).toBe(true)
  })

  test('only services in some log get a column, in the order of the municipality', () => {
    const services = [{ id: school }, { id: ServiceId.parse('fastlege') }, { id: ppt }]
    expect(
      takingPart(services, [
        log([beat(null)]),
        log([{ service: school, lastLineAt: null, unread: 0, askAgainAt: null }]),
      ]),
    ).toEqual([{ id: school }, { id: ppt }])
  })
})
