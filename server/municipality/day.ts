/** The municipality's clock: which day it is there, wherever the server stands. Days are ISO dates, times ms since epoch. */
const ZONE = 'Europe/Oslo'

export const dayOf = (at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE).toPlainDate().toString()

export const dayAfter = (day: string, days = 1): string =>
  Temporal.PlainDate.from(day).add({ days }).toString()

/** When a day reaches an hour there. */
export const timeOn = (day: string, hour = 0): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: ZONE, plainTime: { hour } }).epochMilliseconds
