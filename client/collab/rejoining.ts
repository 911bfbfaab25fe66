import { pauseBefore, type Verdict } from './verdict.ts'

/** When to try again: soon at first, then every few seconds, and at once when somebody asks. */
export class Rejoining {
  readonly #join: () => void
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #stopped = false
  #refused = false
  /** When the next attempt starts, ms since epoch. */
  nextAt: number | undefined

  constructor(join: () => void) {
    this.#join = join
  }

  /** Whether it has taken so many attempts that the person should hear of it. */
  get troubled(): boolean {
    return this.#attempt > (this.#refused ? 1 : 3) && navigator.onLine
  }

  now(): void {
    if (this.#stopped) return
    clearTimeout(this.#timer)
    this.nextAt = undefined
    this.#join()
  }

  later(verdict: Verdict): void {
    if (this.#stopped) return
    clearTimeout(this.#timer)
    const pause = pauseBefore(this.#attempt, verdict)
    this.#attempt += 1
    this.#refused = verdict === 'refused'
    this.nextAt = Date.now() + pause
    this.#timer = setTimeout(() => this.now(), pause)
  }

  succeeded(): void {
    this.#attempt = 0
    this.nextAt = undefined
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}
