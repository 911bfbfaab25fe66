import type { Mentioned, NewAnchor, Signed, Thread } from '../../shared/comments.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId, CommentId, ThreadId } from '../../shared/ids.ts'
import { onLeaving } from '../api/session.ts'
import { createStore } from '../ui/store.ts'

/** A comment on its way to the server. */
export type Sending = {
  readonly case: CaseId
  readonly thread: ThreadId
  readonly id: CommentId
  readonly by: Signed
  readonly at: number
  readonly text: string
  readonly mentions: Mentioned[]
  /** What a new thread speaks of. */
  readonly anchor?: NewAnchor
  /** Changes the comment with this id instead of being a new one. */
  readonly changes?: true
}

export type Pending = Sending & {
  /** `sending` for the first time, `waiting` for the line, or refused for good. */
  readonly state: 'sending' | 'waiting' | 'refused'
  readonly error?: Error
}

/** How a comment gets to the server; rejects when it does not. */
export type Post = (sending: Sending) => Promise<Thread>

const pauses = [1000, 2000, 4000, 8000]
const refused = (error: unknown): boolean =>
  error instanceof AppError && error.status < 500 && error.code !== 'tooMany'

/**
 * Comments that the server does not have yet, kept in memory alone. The same id goes along with every attempt, so that a
 * comment never stands there twice; those of one thread go one after another, in the order they were written.
 */
export class Outbox {
  readonly #post: Post
  readonly #onSent: (sending: Sending, thread: Thread) => void
  readonly #store = createStore<readonly Pending[]>([])
  readonly #timers = new Map<CommentId, ReturnType<typeof setTimeout>>()
  readonly #tries = new Map<CommentId, number>()
  readonly #busy = new Set<CommentId>()

  constructor(post: Post, onSent: (sending: Sending, thread: Thread) => void) {
    this.#post = post
    this.#onSent = onSent
  }

  readonly get = (): readonly Pending[] => this.#store.get()
  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener)

  send(sending: Sending): void {
    const others = this.get().filter(({ id }) => id !== sending.id)
    this.#store.set([...others, { ...sending, state: 'sending' }])
    this.#next(sending.thread)
  }

  /** Tries everything that waits, now. */
  readonly tryNow = (): void => {
    for (const thread of new Set(this.get().map((one) => one.thread))) this.#next(thread)
  }

  /** Takes a comment back before it is sent; undefined when it is under way or gone. */
  takeBack(id: CommentId): Pending | undefined {
    const found = this.get().find((one) => one.id === id)
    if (!found || this.#busy.has(id)) return undefined
    this.#forget(id)
    this.#next(found.thread)
    return found
  }

  readonly clear = (): void => {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    this.#tries.clear()
    this.#store.set([])
  }

  /** The first comment of a thread that can still be sent. */
  #next(thread: ThreadId): void {
    const ofThread = this.get().filter((one) => one.thread === thread)
    // The thread itself was refused: what follows it has no place.
    if (ofThread.some(({ state, anchor }) => state === 'refused' && anchor)) return
    const first = ofThread.find(({ state }) => state !== 'refused')
    if (first) void this.#attempt(first.id)
  }

  async #attempt(id: CommentId): Promise<void> {
    const pending = this.get().find((one) => one.id === id)
    if (!pending || this.#busy.has(id)) return
    clearTimeout(this.#timers.get(id))
    this.#busy.add(id)
    const result = await this.#post(pending).then(
      (thread) => ({ thread }),
      (error: Error) => ({ error }),
    )
    this.#busy.delete(id)
    // Signed out meanwhile: nothing of it is kept here.
    if (!this.get().some((one) => one.id === id)) return
    if ('thread' in result) {
      this.#onSent(pending, result.thread)
      this.#forget(id)
      this.#next(pending.thread)
      return
    }
    if (refused(result.error)) {
      this.#mark(id, 'refused', result.error)
      this.#next(pending.thread)
      return
    }
    this.#mark(id, 'waiting', result.error)
    const count = this.#tries.get(id) ?? 0
    this.#tries.set(id, count + 1)
    const pause = pauses[Math.min(count, pauses.length - 1)] ?? 8000
    this.#timers.set(
      id,
      setTimeout(() => void this.#attempt(id), pause),
    )
  }

  #mark(id: CommentId, state: Pending['state'], error: Error): void {
    this.#store.set(this.get().map((one) => (one.id === id ? { ...one, state, error } : one)))
  }

  #forget(id: CommentId): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
    this.#tries.delete(id)
    this.#store.set(this.get().filter((one) => one.id !== id))
  }
}

/** Wipes an outbox when somebody signs out, and tries again as soon as the line is back. */
export function keepOutbox(outbox: Outbox): Outbox {
  onLeaving(outbox.clear)
  addEventListener('online', outbox.tryNow)
  return outbox
}
