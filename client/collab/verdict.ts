import { type ErrorCode, errorCodeOfClose, isErrorCode } from '../../shared/errors.ts'

/** What to do when a connection ends or is refused. */
export type Verdict =
  | 'again' // nothing is wrong with us: try again, soon
  | 'refused' // what we sent was not taken: try once more, then leave it to the person
  | 'newClientId'
  | 'lost' // the log is not ours to read
  | 'signedOut'
  | 'outdated'
  | 'afresh' // the server kept what we had; the log as it is now has to be opened again

const table: Partial<Record<ErrorCode, Verdict>> = {
  clientIdTaken: 'newClientId',
  accessLost: 'lost',
  notAllowed: 'lost',
  notFound: 'lost',
  notSignedIn: 'signedOut',
  signedOut: 'signedOut',
  clientOutdated: 'outdated',
  invalidInput: 'refused',
  originRefused: 'refused',
  updateMalformed: 'refused',
  updateForged: 'refused',
  updateUnknownContent: 'refused',
  tooLarge: 'refused',
  documentFull: 'refused',
}

export const verdictOn = (code: ErrorCode | undefined): Verdict => (code && table[code]) ?? 'again'

/** The error behind a close: our own close code, or our code's name as the reason. */
export const codeOfClose = (event: { code: number; reason: string }): ErrorCode | undefined =>
  errorCodeOfClose(event.code) ?? (isErrorCode(event.reason) ? event.reason : undefined)

const pauses = [0, 400, 900, 1800, 3500, 5000]
const SLOW = 30_000

/** Pause before attempt n, in ms, spread so that a restarted server is not met by everybody at once. */
export function pauseBefore(attempt: number, verdict: Verdict, chance = Math.random()): number {
  if (verdict === 'refused' && attempt > 1) return SLOW
  const pause = pauses[Math.min(attempt, pauses.length - 1)] ?? SLOW
  return Math.round(pause * (0.75 + chance / 2))
}
