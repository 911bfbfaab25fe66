import { SESSION_PAUSE } from '../../shared/history.ts'
import type { Timeline } from './timeline.ts'

/** Turns of one person that belong together, first and last. */
export type Session = { writer: number; from: number; to: number; updates: number }

/**
 * Divides a log's turns into sessions of work, and says of each turn which it belongs to. Everybody has their own:
 * what others write meanwhile does not end one. A restore stands alone.
 */
export function sessionsOf(timeline: Timeline, restores: ReadonlySet<number>) {
  const open = new Map<number, number>()
  const sessions: Session[] = []
  const of = new Int32Array(timeline.turns + 1).fill(-1)
  for (let turn = 1; turn <= timeline.turns; turn++) {
    if (timeline.anchors.has(turn)) continue
    const writer = timeline.by[turn] ?? -1
    const number = open.get(writer) ?? -1
    const last = sessions[number]
    const restore = restores.has(timeline.seqs[turn] ?? 0)
    // The clock may have been set back in between.
    const pause = Math.abs((timeline.ats[turn] ?? 0) - (timeline.ats[last?.to ?? 0] ?? 0))
    if (last && !restore && pause < SESSION_PAUSE) {
      last.to = turn
      last.updates++
      of[turn] = number
      continue
    }
    of[turn] = sessions.push({ writer, from: turn, to: turn, updates: 1 }) - 1
    if (restore) open.delete(writer)
    else open.set(writer, sessions.length - 1)
  }
  return { sessions, of }
}

/** The days on which somebody worked, as `zone` counts days: which services, and the last turn of each. */
export function daysOf(timeline: Timeline, zone: string): { day: string; services: string[]; to: number }[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
  const days = new Map<string, { services: Set<string>; to: number }>()
  // Days begin on a quarter of an hour in every zone, and asking for each update would take a second.
  const dayOf = new Map<number, string>()
  for (let turn = 1; turn <= timeline.turns; turn++) {
    if (timeline.anchors.has(turn)) continue
    const quarter = Math.floor((timeline.ats[turn] ?? 0) / QUARTER)
    const day = dayOf.get(quarter) ?? format.format(quarter * QUARTER)
    dayOf.set(quarter, day)
    const known = days.get(day) ?? { services: new Set(), to: turn }
    days.set(day, known)
    known.to = turn
    const writer = timeline.writers[timeline.by[turn] ?? -1]
    if (writer) known.services.add(writer.service)
  }
  return [...days]
    .map(([day, { services, to }]) => ({ day, services: [...services], to }))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
}
const QUARTER = 15 * 60_000
