const locale = (language: string): string => (language === 'en' ? 'en-GB' : 'nb-NO')

/** When a meeting is: «tor. 26. nov. kl. 09.00», with the year when it is not this one. */
export function meetingWhen(at: number, language: string, now = new Date()): string {
  const date = new Date(at)
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  const day = new Intl.DateTimeFormat(locale(language), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...year,
  }).format(date)
  return language === 'en' ? `${day}, ${clockTime(at, language)}` : `${day} kl. ${clockTime(at, language)}`
}

/** «09.00». */
export const clockTime = (at: number, language: string): string =>
  new Intl.DateTimeFormat(locale(language), { hour: '2-digit', minute: '2-digit' }).format(at)

/** A day in full, for headings and paper: «torsdag 26. november 2026». */
export const longDay = (at: number, language: string): string =>
  new Intl.DateTimeFormat(locale(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(at)

const two = (n: number): string => String(n).padStart(2, '0')

/** The value of a `datetime-local` field, in this device's time. */
export function toField(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The time in such a field, ms since epoch; undefined while it is not one. */
export function fromField(value: string): number | undefined {
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : at
}

/** A time to begin with: a week from now, at the next whole hour of a working day. */
export function suggestedTime(now: number): number {
  const date = new Date(now)
  date.setDate(date.getDate() + 7)
  while (date.getDay() === 0 || date.getDay() === 6) date.setDate(date.getDate() + 1)
  date.setHours(Math.min(Math.max(date.getHours() + 1, 9), 14), 0, 0, 0)
  return date.getTime()
}
