import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordOf, type Sayings } from '../../server/meetings/record.ts'
import { Standing } from '../../server/meetings/standing.ts'
import type { RecordChange } from '../../shared/meetings.ts'

const sayings: Sayings = {
  by: () => null,
  responsible: ({ service, person }) => [service, person].filter(Boolean).join(' · ') || null,
  person: ({ person }) => person ?? '',
}

const measure = (id: string) =>
  fc.record({
    id: fc.constant(id),
    text: fc.constantFrom('samtale', 'porten', 'to observasjoner'),
    status: fc.constantFrom('planned', 'underway', 'done'),
    service: fc.constantFrom(null, 'skole', 'ppt'),
    person: fc.constantFrom(null, 'home', 'maren'),
    due: fc.constantFrom(null, '2026-12-01', '2026-12-18'),
  })

/** Goals and measures of a few ids in any place: two of these are a meeting in which anything may have happened. */
const standing = fc
  .record({
    goals: fc.subarray(['g1', 'g2', 'g3']),
    titles: fc.array(fc.constantFrom('Skole', 'Ro', 'Venner'), { minLength: 3, maxLength: 3 }),
    statuses: fc.array(fc.constantFrom('active', 'reached'), { minLength: 3, maxLength: 3 }),
    scores: fc.array(fc.constantFrom(null, -1, 0, 1), { minLength: 3, maxLength: 3 }),
    measures: fc.tuple(...['m1', 'm2', 'm3', 'm4'].map(measure)),
    /** Where each measure stands: in one of the goals (modulo), outside (−1), or nowhere (−2). */
    places: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ goals, titles, statuses, scores, measures, places }) => {
    const placeOf = (at: number) => {
      const place = places[at] ?? -2
      return place >= 0 && goals.length > 0 ? place % goals.length : Math.min(place, -1)
    }
    return Standing.parse({
      goals: goals.map((id, at) => ({
        id,
        number: at + 1,
        title: titles[at],
        status: statuses[at],
        ratings: scores[at] === null ? [] : [{ service: 'ppt', score: scores[at] }],
        measures: measures.filter((_, index) => placeOf(index) === at),
      })),
      measures: measures.filter((_, index) => placeOf(index) === -1),
      decisions: [],
    })
  })

type Plain = { id: string } & Record<string, unknown>
const flat = ({ goals, measures }: Standing): Map<string, Plain> =>
  new Map(
    [
      ...goals.map(({ id, title, status }) => ({ id, kind: 'goal', title, status })),
      ...[...goals.flatMap((goal) => goal.measures), ...measures].map(
        ({ id, text, status, service, person, due }) => ({
          id,
          kind: 'measure',
          title: text,
          status,
          responsible: sayings.responsible({ service, person }),
          due,
        }),
      ),
    ].map((one) => [one.id, one]),
  )

/** What the record says, done to what stood before. */
function applied(before: Standing, after: Standing, changes: readonly RecordChange[]): Map<string, Plain> {
  const now = flat(before)
  const whole = flat(after)
  for (const { block, what, to } of changes) {
    if (what === 'gone') now.delete(block)
    else if (what === 'newGoal' || what === 'newMeasure') {
      const made = whole.get(block)
      if (made) now.set(block, made)
    } else {
      const known = now.get(block)
      if (known) now.set(block, { ...known, [what]: to })
    }
  }
  return now
}

const sorted = (all: Map<string, Plain>) => [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1))

test('the record, done to how the log stood at the start, gives how it stands at the end, and says no more', () => {
  fc.assert(
    fc.property(standing, standing, (before, after) => {
      const { goals, loose } = recordOf(before, after, sayings)
      const changes = [...goals.flatMap((goal) => goal.changes), ...loose]
      expect(sorted(applied(before, after, changes))).toEqual(sorted(flat(after)))
      for (const { what, from, to } of changes) expect([what, from]).not.toEqual([what, to])
      const keys = changes.map(({ block, what }) => `${block} ${what}`)
      expect(new Set(keys).size).toBe(keys.length)
      for (const { goal, ratings } of goals) {
        const step = ({ goals: all }: Standing) =>
          all.find(({ id }) => id === goal)?.ratings[0]?.score ?? null
        const expected = { service: 'ppt', before: step(before), after: step(after) }
        expect(ratings).toEqual(expected.before === null && expected.after === null ? [] : [expected])
      }
    }),
    { numRuns: 400 },
  )
})

test('nothing happened: the record tells of no change, and of nothing that was agreed', () => {
  fc.assert(
    fc.property(standing, (same) => {
      const { goals, loose, agreed } = recordOf(same, structuredClone(same), sayings)
      expect([...goals.flatMap(({ changes }) => changes), ...loose, ...agreed]).toEqual([])
    }),
    { numRuns: 100 },
  )
})
