import { describe, expect, test } from 'vitest'
import { around, found, withoutName } from '../../client/cases/find.ts'
import { letters, shortNames } from '../../client/cases/short-names.ts'
import { firstName, initials } from '../../client/ui/names.ts'
import { CaseSummary } from '../../shared/cases.ts'
import { CaseId } from '../../shared/ids.ts'

const log = (id: string, name: string, coordinator = 'Maren Solbakken') =>
  CaseSummary.parse({
    id,
    subject: { name, kind: 'child', about: '' },
    status: 'active',
    level: 1,
    coordinator: { person: 'maren', name: coordinator, service: 'skole' },
    role: 'reader',
    goals: [],
    pulses: [],
    unread: null,
    updatedAt: '2026-11-20T08:00:00Z',
  })
const hit = (id: string, subject: string, excerpt: string) => ({ case: CaseId.parse(id), subject, excerpt })

describe('names that a bystander may see', () => {
  test('are letters, and a number where two people share them', () => {
    const short = shortNames([log('b', 'Jon Li'), log('a', 'Jonas'), log('c', 'Jenny')])
    expect([...short]).toEqual([
      ['a', 'J.'],
      ['b', 'J. L.'],
      ['c', 'J. 2'],
    ])
  })

  test('leave nothing of the name in a piece of text', () => {
    expect(withoutName('… gruppe med Jonas og JONAS’ venn', 'Jonas', 'J.')).toBe(
      '… gruppe med J. og J.’ venn',
    )
    expect(withoutName('Kari (Li) kom', 'Kari (Li)', 'K. L.')).toBe('K. L. K. L. kom')
  })

  test('initials of a person are the first and the last', () => {
    expect(initials('Maren Sofie Solbakken')).toBe('MS')
    expect(initials('  ')).toBe('')
    expect(firstName('Maren Solbakken')).toBe('Maren')
    expect(letters('anne-lise ås')).toBe('A. Å.')
  })
})

describe('what a search finds', () => {
  const cases = [log('jonas', 'Jonas'), log('sara', 'Sara', 'Ida Fossmo')]

  test('names that are already here, the coordinator’s too, without waiting for the server', () => {
    expect(found('jon', cases, []).map((one) => one.case)).toEqual(['jonas'])
    expect(found('FOSSMO', cases, []).map((one) => one.case)).toEqual(['sara'])
    expect(found('  ', cases, [])).toEqual([])
  })

  test('text in the logs, and no log twice for the same reason', () => {
    const hits = [hit('jonas', 'Jonas', ''), hit('sara', 'Sara', 'leker med Jonas')]
    expect(found('jonas', cases, hits).map((one) => [one.case, one.excerpt])).toEqual([
      ['jonas', ''],
      ['sara', 'leker med Jonas'],
    ])
  })

  test('the word searched for is cut out of its surroundings as it stands', () => {
    expect(around('gruer seg til Garderoben', 'garde')).toEqual(['gruer seg til ', 'Garde', 'roben'])
    expect(around('uten', 'x')).toEqual(['uten', '', ''])
  })
})
