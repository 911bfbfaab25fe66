import type { ServiceId } from '../../shared/ids.ts'
import type { GoalRecord, MinutesRecord, RecordChange } from '../../shared/meetings.ts'
import type { Standing, StandingGoal, StandingMeasure } from './standing.ts'

type Who = RecordChange['by']

/** What the record needs to know beside how the goals stood. */
export type Sayings = {
  /** Who did something to a block: set a field of it, wrote in it, made it or took it away. */
  by(block: string, did: 'field' | 'text' | 'made' | 'gone', fields?: readonly string[]): Who
  /** Who carries a measure out, in words; null for nobody. */
  responsible(measure: Pick<StandingMeasure, 'service' | 'person'>): string | null
  /** The person alone; empty for the home and for nobody. */
  person(measure: Pick<StandingMeasure, 'person'>): string
}

/** What differs between how the goals of a log stood at the start of a meeting and at its end. */
export function recordOf(
  before: Standing,
  after: Standing,
  sayings: Sayings,
): Pick<MinutesRecord, 'goals' | 'loose' | 'agreed'> {
  const measuresBefore = measuresIn(before)
  const measuresAfter = measuresIn(after)
  const goalsBefore = byId(before.goals)
  const goalsAfter = byId(after.goals)
  const changesOf = (measures: readonly StandingMeasure[]) =>
    measures
      .filter((one) => measuresAfter.get(one.id) === one)
      .flatMap((one) => measureChanges(measuresBefore.get(one.id), one, sayings))
  /** A measure that moved to another goal is not gone. */
  const goneFrom = (measures: readonly StandingMeasure[]) =>
    measures
      .filter((one) => measuresBefore.get(one.id) === one && !measuresAfter.has(one.id))
      .map(({ id, text }) => change(id, text, 'gone', text, null, sayings.by(id, 'gone')))

  const standing = [...goalsAfter.values()].map((goal): GoalRecord => {
    const was = goalsBefore.get(goal.id)
    return {
      ...named(goal),
      ratings: ratingChanges(was, goal),
      changes: [
        ...goalChanges(was, goal, sayings),
        ...changesOf(goal.measures),
        ...goneFrom(was?.measures ?? []),
      ],
    }
  })
  const gone = [...goalsBefore.values()]
    .filter(({ id }) => !goalsAfter.has(id))
    .map((goal): GoalRecord => {
      const by = sayings.by(goal.id, 'gone')
      return {
        ...named(goal),
        ratings: ratingChanges(goal, undefined),
        changes: [change(goal.id, goal.title, 'gone', goal.title, null, by), ...goneFrom(goal.measures)],
      }
    })
  const loose = [...changesOf(after.measures), ...goneFrom(before.measures)]
  const touched = new Set([...standing.flatMap(({ changes }) => changes), ...loose].map(({ block }) => block))
  const agreed = [...measuresAfter.values()]
    .filter(({ id, status }) => touched.has(id) && status !== 'done' && status !== 'stopped')
    .map((one) => ({
      block: one.id,
      text: one.text,
      service: one.service,
      who: sayings.person(one),
      due: one.due,
    }))
  return { goals: [...standing, ...gone], loose, agreed }
}

const named = ({ id, number, title }: StandingGoal) => ({ goal: id, number, title })

const change = (
  block: RecordChange['block'],
  text: string,
  what: RecordChange['what'],
  from: string | null,
  to: string | null,
  by: Who,
): RecordChange => ({ block, text, what, from, to, by })

/** The first of each id: two people may have moved a block at once. */
function byId<T extends { id: string }>(all: readonly T[]): Map<string, T> {
  const found = new Map<string, T>()
  for (const one of all) if (!found.has(one.id)) found.set(one.id, one)
  return found
}

const measuresIn = ({ goals, measures }: Standing): Map<string, StandingMeasure> =>
  byId([...goals.flatMap((goal) => goal.measures), ...measures])

function ratingChanges(was: StandingGoal | undefined, is: StandingGoal | undefined): GoalRecord['ratings'] {
  const services = new Set([...(was?.ratings ?? []), ...(is?.ratings ?? [])].map(({ service }) => service))
  const step = (goal: StandingGoal | undefined, service: ServiceId) =>
    goal?.ratings.find((one) => one.service === service)?.score ?? null
  return [...services].map((service) => ({
    service,
    before: step(was, service),
    after: step(is, service),
  }))
}

function goalChanges(was: StandingGoal | undefined, is: StandingGoal, { by }: Sayings): RecordChange[] {
  if (!was) return [change(is.id, is.title, 'newGoal', null, is.title, by(is.id, 'made'))]
  const changes: RecordChange[] = []
  if (was.title !== is.title)
    changes.push(change(is.id, is.title, 'title', was.title, is.title, by(is.id, 'text')))
  if (was.status !== is.status)
    changes.push(change(is.id, is.title, 'status', was.status, is.status, by(is.id, 'field', ['status'])))
  return changes
}

function measureChanges(
  was: StandingMeasure | undefined,
  is: StandingMeasure,
  { by, responsible }: Sayings,
): RecordChange[] {
  const { id, text } = is
  if (!was) return [change(id, text, 'newMeasure', null, text, by(id, 'made'))]
  const changes: RecordChange[] = []
  if (was.text !== text) changes.push(change(id, text, 'title', was.text, text, by(id, 'text')))
  if (was.status !== is.status)
    changes.push(change(id, text, 'status', was.status, is.status, by(id, 'field', ['status'])))
  if (responsible(was) !== responsible(is))
    changes.push(
      change(
        id,
        text,
        'responsible',
        responsible(was),
        responsible(is),
        by(id, 'field', ['person', 'service']),
      ),
    )
  if (was.due !== is.due) changes.push(change(id, text, 'due', was.due, is.due, by(id, 'field', ['due'])))
  return changes
}
