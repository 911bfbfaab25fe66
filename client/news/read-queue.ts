import { AppError } from '../../shared/errors.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { Read } from '../../shared/news.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'

/** What was read within this time goes to the server together. */
const GATHER = 900
const FIRST_PAUSE = 2000
const LONGEST_PAUSE = 30_000
const MOST_KEYS = 500
/** Stands for all of the log. */
const ALL = ''

/** What has been read and is not known to be stored yet. Told again after an outage; kept in memory alone. */
export class ReadQueue {
  readonly #case: CaseId
  readonly #onStored: () => void
  readonly #waiting = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #pause = FIRST_PAUSE
  #sending = false
  #stopped = false

  constructor(caseId: CaseId, onStored: () => void) {
    this.#case = caseId
    this.#onStored = onStored
    addEventListener('online', this.#now)
    addEventListener('pagehide', this.#leave)
    document.addEventListener('visibilitychange', this.#hide)
  }

  /** A block was on the screen as it stood in the answer with this sequence number. */
  add(key: string, seq: number): void {
    this.#waiting.set(key, Math.max(seq, this.#waiting.get(key) ?? 0))
    this.#soon(GATHER)
  }

  /** All of the log is read. */
  all(seq: number): void {
    this.add(ALL, seq)
    this.#now()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    removeEventListener('online', this.#now)
    removeEventListener('pagehide', this.#leave)
    document.removeEventListener('visibilitychange', this.#hide)
    this.#leave()
  }

  readonly #now = (): void => {
    this.#pause = FIRST_PAUSE
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#soon(0)
  }

  readonly #hide = (): void => {
    if (document.visibilityState === 'hidden') this.#now()
  }

  /** The page goes away: the browser carries the last word by itself. */
  readonly #leave = (): void => {
    for (const { read } of this.#batches()) {
      const body = new Blob([JSON.stringify(read)], { type: 'application/json' })
      navigator.sendBeacon(endpoints.read.path.replace(':id', this.#case), body)
    }
  }

  #soon(wait: number): void {
    if (this.#stopped || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#send()
    }, wait)
  }

  /** One message for each answer that was read from, and which keys it tells of. */
  #batches(): { read: Read; keys: string[] }[] {
    return [...Map.groupBy(this.#waiting, ([, seq]) => seq)].flatMap(([seq, entries]) => {
      const keys = entries.map(([key]) => key).filter((key) => key !== ALL)
      const batches: { read: Read; keys: string[] }[] =
        keys.length < entries.length ? [{ read: { seq }, keys: [ALL] }] : []
      for (let at = 0; at < keys.length; at += MOST_KEYS) {
        const some = keys.slice(at, at + MOST_KEYS)
        batches.push({ read: { seq, keys: some }, keys: some })
      }
      return batches
    })
  }

  async #send(): Promise<void> {
    if (this.#sending || this.#waiting.size === 0) return
    this.#sending = true
    try {
      for (const { read, keys } of this.#batches()) {
        await call(endpoints.read, { params: { id: this.#case }, body: read })
        for (const key of keys) if (this.#waiting.get(key) === read.seq) this.#waiting.delete(key)
      }
      this.#pause = FIRST_PAUSE
      this.#onStored()
    } catch (error) {
      // Who has lost the log has nothing to tell of it; anything else is told again.
      if (error instanceof AppError && error.status < 500) this.#waiting.clear()
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE)
    }
    this.#sending = false
    if (this.#waiting.size > 0) this.#soon(this.#pause * (0.5 + Math.random()))
  }
}
