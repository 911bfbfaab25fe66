import type { Translate } from '../i18n/i18n.ts'

const locale = (language: string) => (language === 'en' ? 'en-GB' : 'nb-NO')
const sameYear = (at: number) => new Date(at).getFullYear() === new Date().getFullYear()

export const clockTime = (at: number, language: string): string =>
  new Intl.DateTimeFormat(locale(language), { hour: '2-digit', minute: '2-digit' }).format(at)

/** A moment in full: «20. november kl. 10.14», with the year when it is not this one. */
export function fullMoment(at: number, language: string, t: Translate): string {
  const year = sameYear(at) ? {} : ({ year: 'numeric' } as const)
  const date = new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'long', ...year }).format(
    at,
  )
  return t('history.at', { date, time: clockTime(at, language) })
}

/** The day of a moment as a heading: «fredag 20. november». */
export function dayHeading(at: number, language: string): string {
  const year = sameYear(at) ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...year,
  }).format(at)
}

/** When a session was: «10.02», or «10.02 til 10.14». */
export function sessionTime(from: number, to: number, language: string, t: Translate): string {
  const [first, last] = [clockTime(from, language), clockTime(to, language)]
  return first === last ? first : t('history.until', { from: first, to: last })
}

/** An ISO day at noon here: what a calendar says of it. */
export const noonOf = (isoDay: string): number => new Date(`${isoDay}T12:00:00`).getTime()

export const monthOf = (at: number, language: string): string =>
  new Intl.DateTimeFormat(locale(language), {
    month: 'long',
    ...(sameYear(at) ? {} : { year: 'numeric' }),
  }).format(at)
