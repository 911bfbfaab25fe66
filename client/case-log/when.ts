import { day, format } from '../blocks/when.ts'
import type { Translate } from '../i18n/i18n.ts'

const NOW = 90_000

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

const DAY = 86_400_000

export const sameDay = (a: number, b: number): boolean => Math.abs(a - b) < DAY && midnight(a) === midnight(b)

const daysBetween = (from: number, to: number): number => Math.round((midnight(to) - midnight(from)) / DAY)

const clock = (at: number, language: string): string =>
  format(language, { hour: '2-digit', minute: '2-digit' }, at)

/** When a paragraph was written: «nå», «i dag 10.42», «i går», «man. 16. nov.». */
export function bylineWhen(at: number, language: string, t: Translate, now = Date.now()): string {
  const days = daysBetween(at, now)
  if (now - at < NOW) return t('caseLog.byline.now')
  if (days <= 0) return `${t('blocks.today')} ${clock(at, language)}`
  if (days === 1) return t('blocks.yesterday')
  return day(isoDay(at), language, new Date(now))
}

/** When somebody last wrote, as it runs in a sentence: «i dag», «i går», «fredag», «16. nov.». */
export function lastWrote(at: number, language: string, t: Translate, now = Date.now()): string {
  const days = daysBetween(at, now)
  if (days <= 0) return t('blocks.today')
  if (days === 1) return t('blocks.yesterday')
  const options: Intl.DateTimeFormatOptions =
    days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'short' }
  return format(language, options, at)
}

/** A moment in full: «23. november kl. 10.02». */
export const moment = (at: number, language: string): string =>
  format(language, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }, at)

const isoDay = (at: number): string => {
  const date = new Date(at)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
