const MINUTE = 60_000

/** What a clock says of something that was given so many minutes. Never a warning: time that is over is told, no more. */
export type TimeLeft = { readonly kind: 'left' | 'over'; readonly minutes: number }

/**
 * Minutes left of `minutes` that began at `since`, both ends as people count: the last minute is «1 min left», and
 * a clock that is a little behind the server's never says more than was given.
 */
export function timeLeft(since: number, minutes: number, now: number): TimeLeft {
  const passed = Math.max(0, now - since)
  const left = Math.ceil((minutes * MINUTE - passed) / MINUTE)
  return left > 0 ? { kind: 'left', minutes: left } : { kind: 'over', minutes: 0 - left }
}

/** How much of the time is spent, from 0 to 1. */
export const spent = (since: number, minutes: number, now: number): number =>
  Math.min(1, Math.max(0, (now - since) / (minutes * MINUTE)))

/** Milliseconds until the next whole minute of the wall clock. */
export const untilNextMinute = (now: number): number => MINUTE - (now % MINUTE)
