/**
 * Keeps account of what this browser wrote and what the server has stored. The provider's own count is not
 * used: it restarts at 1 on every connection, counts queued and merged messages differently from their
 * acknowledgements, and never reaches zero after a refusal.
 *
 * Acknowledgements come in the order of sending, one for each update or sync reply of a connection.
 */
export class Ledger {
  #made = 0
  #stored = 0
  #sent: number[] = []
  #lines = new Map<string, number>()
  #sentAt = 0

  /** A local change was made in these lines. */
  made(lines: Iterable<string>): void {
    this.#made += 1
    for (const line of lines) this.#lines.set(line, this.#made)
  }

  /** A message left that carries everything made so far, or (not `whole`) a part of that. */
  sent(now: number, whole = true): void {
    if (this.#sent.length === 0) this.#sentAt = now
    this.#sent.push(whole ? this.#made : 0)
  }

  /** The server answered the oldest message: stored on disk, or not taken. */
  answered(stored: boolean, now: number): void {
    const upTo = this.#sent.shift()
    this.#sentAt = now
    if (!stored || upTo === undefined) return
    this.#stored = Math.max(this.#stored, upTo)
    for (const [line, change] of this.#lines) if (change <= this.#stored) this.#lines.delete(line)
  }

  /** The connection is gone; answers to what was under way will never come. */
  disconnected(): void {
    this.#sent = []
  }

  /** Whether everything made here is stored at the server. */
  get settled(): boolean {
    return this.#stored === this.#made
  }

  /** Whether anything was ever written here. */
  get untouched(): boolean {
    return this.#made === 0
  }

  /** Lines with changes that the server has not stored. */
  get waiting(): number {
    return this.settled ? 0 : Math.max(1, this.#lines.size)
  }

  /** How long the oldest message has waited for its answer, in ms. */
  waited(now: number): number {
    return this.#sent.length === 0 ? 0 : now - this.#sentAt
  }
}
