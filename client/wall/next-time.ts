const DAY = 86_400_000

/** The same weekday and time so many weeks on, whatever the clocks do in between. */
export function weeksOn(from: number, weeks: number): number {
  const date = new Date(from)
  date.setDate(date.getDate() + weeks * 7)
  date.setSeconds(0, 0)
  return date.getTime()
}

/** A moment as a `datetime-local` field writes it, in this device's time. */
export function toField(at: number): string {
  const date = new Date(at)
  const local = new Date(at - date.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

/** What such a field says, or undefined while it says nothing. */
export function fromField(text: string): number | undefined {
  const at = text === '' ? Number.NaN : new Date(text).getTime()
  return Number.isNaN(at) ? undefined : at
}

/** «torsdag 10. desember kl. 09.00», as a meeting is spoken of. */
export function meetingTime(at: number, language: string): string {
  const locale = language === 'en' ? 'en-GB' : 'nb-NO'
  const far = Math.abs(at - Date.now()) > 300 * DAY
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(far ? { year: 'numeric' } : {}),
  }).format(at)
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at)
  return language === 'en' ? `${day} at ${time}` : `${day} kl. ${time}`
}
