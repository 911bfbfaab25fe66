import * as Y from 'yjs'
import type { Line } from './system.ts'
import { Typist } from './typist.ts'

/** One who writes over a line. The edits are made beforehand, so that sending is all that this side has to do. */
export class CrowdWriter {
  readonly saves: number[] = []
  readonly #line: Line
  readonly #doc = new Y.Doc()
  readonly #typist: Typist
  readonly #made: { update: Uint8Array; end: number }[] = []
  /** When the edit that ends with this clock was sent. */
  readonly #sentAt = new Map<number, number>()
  readonly #unsaved: number[] = []
  #next = 0

  constructor(line: Line, clientId: number) {
    this.#line = line
    this.#doc.clientID = clientId
    this.#doc.on('update', (update: Uint8Array) =>
      this.#made.push({ update, end: Y.getState(this.#doc.store, clientId) - 1 }),
    )
    this.#typist = new Typist(this.#doc, clientId)
  }

  /** From now on the line's acknowledgements are those of our edits. */
  listen() {
    this.#line.onSaved(() => this.saves.push(performance.now() - (this.#unsaved.shift() ?? Number.NaN)))
  }

  /** Makes the coming edits, and forgets the former ones. */
  prepare(edits: number) {
    this.#made.splice(0, this.#next)
    this.#next = 0
    this.#sentAt.clear()
    this.saves.length = 0
    while (this.#made.length < edits) this.#typist.type()
  }

  send() {
    const made = this.#made[this.#next++]
    if (!made) throw new Error('more was to be sent than had been made')
    const now = performance.now()
    this.#sentAt.set(made.end, now)
    this.#unsaved.push(now)
    this.#line.send(made.update)
  }

  sentAt(clock: number): number | undefined {
    return this.#sentAt.get(clock)
  }
}
