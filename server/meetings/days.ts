/** The municipality's own time: what a day is, and when a standing meeting is. */
const ZONE = 'Europe/Oslo'

const zoned = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE)

/** The day of a moment, such as `2026-11-20`. */
export const dayOf = (at: number): string => zoned(at).toPlainDate().toString()

const steps = { weekly: { weeks: 1 }, fortnightly: { weeks: 2 }, monthly: { weeks: 4 } } as const

/**
 * When a standing meeting is next, at the same time of the same weekday by the clock on the wall: the first one after
 * `now`. A monthly one is every fourth week, so that it keeps its weekday.
 */
export function nextOf(startsAt: number, repeats: keyof typeof steps, now: number): number {
  let next = zoned(startsAt)
  do next = next.add(steps[repeats])
  while (next.epochMilliseconds <= now)
  return next.epochMilliseconds
}

/** A time of the day, such as `09:00`, so many days from now; on Monday instead of a weekend. */
export function atTime(now: number, days: number, time: string): number {
  const day = zoned(now).toPlainDate().add({ days })
  const workday = day.dayOfWeek > 5 ? day.add({ days: 8 - day.dayOfWeek }) : day
  return workday.toZonedDateTime({ timeZone: ZONE, plainTime: time }).epochMilliseconds
}
