// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { type Line, type Signing, signLines } from '../../client/case-log/line-signs.ts'
import { ready, t } from '../../client/i18n/i18n.ts'
import { PersonId, ServiceId } from '../../shared/ids.ts'

await ready

const ingrid = PersonId.parse('ingrid')
const mari = PersonId.parse('mari')
const school = ServiceId.parse('skole')
const nurse = ServiceId.parse('helse')
const now = new Date('2026-11-20T10:00:00').getTime()
const names = new Map([
  [ingrid, 'Ingrid Solheim'],
  [mari, 'Mari Lunde'],
])
const signing = (writing: Record<string, string[]> = {}): Signing => ({
  me: PersonId.parse('meg'),
  now,
  language: 'nb',
  t,
  name: (person) => names.get(person) ?? '…',
  writing: (key) => (writing[key] ?? []).map((name) => ({ name, service: nurse })),
})
const by = (key: string, person: PersonId, when: string, others: PersonId[] = []): Line => ({
  key,
  byline: {
    key,
    person,
    service: person === mari ? nurse : school,
    at: new Date(when).getTime(),
    others: others.map((one) => ({ person: one, service: nurse })),
  },
})
const plain = (key: string): Line => ({ key, byline: undefined })

describe('signs beside the lines', () => {
  test('name, weekday and date below; tile beside', () => {
    const [sign] = signLines([by('1', ingrid, '2026-11-16T12:00')], signing())
    expect(sign).toMatchObject({
      service: school,
      tile: true,
      label: 'Ingrid · man. 16. nov.',
      writing: false,
    })
  })

  test('neighbours by one person on one day share one tile and one name', () => {
    const lines = [
      by('1', ingrid, '2026-11-16T12:00'),
      by('2', ingrid, '2026-11-16T15:00'),
      by('3', mari, '2026-11-16T15:10'),
      plain('4'),
      by('5', mari, '2026-11-16T15:20'),
    ]
    const signs = signLines(lines, signing())
    expect(signs.map((sign) => [sign?.tile, sign?.label])).toEqual([
      [true, ''],
      [false, 'Ingrid · man. 16. nov.'],
      [true, 'Mari · man. 16. nov.'],
      [undefined, undefined],
      [true, 'Mari · man. 16. nov.'],
    ])
  })

  test('whoever writes there now is named, and says it instead of a date', () => {
    const signs = signLines([by('1', ingrid, '2026-11-16T12:00'), plain('2')], signing({ 2: ['Mari Lunde'] }))
    expect(signs[1]).toMatchObject({
      labelService: nurse,
      tile: false,
      label: 'Mari skriver …',
      writing: true,
    })
  })

  test('what several wrote names them all; what is fresh says now', () => {
    const signs = signLines([by('1', ingrid, '2026-11-20T09:59:30', [mari])], signing())
    expect(signs[0]?.label).toBe('Ingrid og Mari · nå')
  })
})
