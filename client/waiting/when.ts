const locale = (language: string) => (language === 'en' ? 'en-GB' : 'nb-NO')

/** A day and time, «tor. 26. nov., 09:00». */
export const dayAndTime = (at: number, language: string): string =>
  new Intl.DateTimeFormat(locale(language), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at)

/** A day, «24. nov.». */
export const shortDay = (isoDate: string, language: string): string =>
  new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'short' }).format(
    new Date(`${isoDate}T12:00:00`),
  )

/** ISO date of a day from now, as this device counts days. */
export function dayFromNow(days: number, now = new Date()): string {
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 12)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
