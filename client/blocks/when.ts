import type { Translate } from '../i18n/i18n.ts'

const DAY = 86_400_000

/** Making one takes a hundred times as long as using it, and every line of a log is signed with a time. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** A moment (ms since epoch, or a date) in the reader's language. */
export function format(language: string, options: Intl.DateTimeFormatOptions, at: Date | number): string {
  const key = `${language}${JSON.stringify(options)}`
  let known = formats.get(key)
  if (!known) {
    known = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'nb-NO', options)
    formats.set(key, known)
  }
  return known.format(at)
}

const dayNumber = (date: Date): number =>
  Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY)

/** A day such as «tor. 26. nov.», with the year when it is not this one. */
export function day(isoDate: string, language: string, now = new Date()): string {
  const date = new Date(`${isoDate.slice(0, 10)}T12:00:00`)
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return format(language, { weekday: 'short', day: 'numeric', month: 'short', ...year }, date)
}

/** A day in few letters, «24. nov.», for a narrow column. */
export const shortDay = (isoDate: string, language: string): string =>
  format(language, { day: 'numeric', month: 'short' }, new Date(`${isoDate.slice(0, 10)}T12:00:00`))

/** When somebody signed: now, today, yesterday, a weekday, then a date. */
export function signedAt(isoDateTime: string, language: string, t: Translate, now = new Date()): string {
  const date = new Date(isoDateTime)
  if (Number.isNaN(date.getTime())) return ''
  const days = dayNumber(now) - dayNumber(date)
  if (now.getTime() - date.getTime() < 60_000) return t('blocks.now')
  if (days <= 0) return t('blocks.today')
  if (days === 1) return t('blocks.yesterday')
  if (days < 7) return format(language, { weekday: 'long' }, date)
  return shortDay(isoDateTime, language)
}
