import type * as Y from 'yjs'
import { type Id, keyOf, structAt } from './moved-text.ts'

/** `by` whom a copy was taken away; undefined when the server made one of two. */
type Removal = { id: Id; mark: number; by: Seen | undefined }

/** What copies are remembered of one character, and what removals of copies in all: the newest. */
const MOST_KIN = 64
const MOST_REMOVALS = 20_000
/** What is kept of what a writer names: whoever names more, and has not seen, gets back what they may have wanted gone. */
const MOST_NAMED = 5000

/** Clocks of a client whose items somebody says are deleted. */
export type Named = { client: number; clock: number; length: number }

/** What one writer knows of the copies that have been taken away. */
export class Seen {
  #upTo = 0
  #named: Named[] = []

  /** They have seen every removal up to this mark. */
  reach(mark: number): void {
    if (mark <= this.#upTo) return
    this.#upTo = mark
    this.#named = []
  }

  /** They say themselves that these are gone. Kept only while there is something, up to `mark`, that they have not seen. */
  name(named: readonly Named[], mark: number): void {
    if (mark <= this.#upTo) return
    const kept = this.#named.length + named.length > MOST_NAMED ? [] : this.#named
    this.#named = [...kept, ...named.slice(0, MOST_NAMED)]
  }

  knows({ id: { client, clock }, mark, by }: Removal): boolean {
    return (
      by === this ||
      mark <= this.#upTo ||
      this.#named.some(
        (each) => each.client === client && each.clock <= clock && clock < each.clock + each.length,
      )
    )
  }
}

/**
 * Characters and blocks that have stood twice, because two people moved them at the same time. Whoever sees two copies
 * and takes one away leaves the other standing; when somebody else, who still sees both, takes that one, or the server
 * has made one of the two, nobody wanted it gone and yet it would be.
 */
export class Copies {
  readonly #kin = new Map<string, Id[]>()
  readonly #chars = new Map<string, Removal>()
  readonly #blocks = new Map<string, Removal[]>()
  /** Every removal, oldest first. */
  #removals: Removal[] = []
  #mark = 0

  /** Rises with each removal of a copy. */
  get mark(): number {
    return this.#mark
  }

  /** Two ids of one character. */
  join(one: Id, other: Id): void {
    const kin = this.#kin.get(keyOf(one)) ?? [one]
    const more = this.#kin.get(keyOf(other)) ?? [other]
    if (kin !== more) kin.push(...more)
    kin.splice(0, kin.length - MOST_KIN)
    for (const id of [one, ...more]) this.#kin.set(keyOf(id), kin)
  }

  /** Whether a character has, or had, copies. */
  has(id: Id): boolean {
    return this.#kin.has(keyOf(id))
  }

  forget(id: Id): void {
    this.#kin.delete(keyOf(id))
  }

  /** A copy of a character that stands. */
  standing(doc: Y.Doc, id: Id): Id | undefined {
    return this.#kinOf(id).find((each) => structAt(doc, each)?.deleted === false)
  }

  /** Whether a copy of a character stands. */
  stands(doc: Y.Doc, id: Id): boolean {
    return this.standing(doc, id) !== undefined
  }

  /** A copy of a character was taken away, while another stands. */
  took(id: Id, by?: Seen): void {
    if (this.has(id)) this.#chars.set(keyOf(id), this.#remove(id, by))
  }

  /** The same for a copy of a block. */
  tookBlock(block: string, id: Id, by?: Seen): void {
    this.#blocks.set(block, [...(this.#blocks.get(block) ?? []).slice(-MOST_KIN), this.#remove(id, by)])
  }

  /** Whether a copy of this block was ever taken away while another stood. */
  blockTaken(block: string): boolean {
    return this.#blocks.has(block)
  }

  /** Whether a writer who takes this character away believes that a copy of it stands. */
  believed(id: Id, seen: Seen): boolean {
    return this.#kinOf(id).some((each) => {
      const removal = this.#chars.get(keyOf(each))
      return removal !== undefined && !seen.knows(removal)
    })
  }

  blockBelieved(block: string, seen: Seen): boolean {
    return (this.#blocks.get(block) ?? []).some((removal) => !seen.knows(removal))
  }

  /** What was taken away is given back once. */
  gaveBack(id: Id): void {
    for (const each of this.#kinOf(id)) this.#chars.delete(keyOf(each))
  }

  gaveBackBlock(block: string): void {
    this.#blocks.delete(block)
  }

  #kinOf(id: Id): readonly Id[] {
    return this.#kin.get(keyOf(id)) ?? []
  }

  #remove(id: Id, by: Seen | undefined): Removal {
    this.#mark += 1
    const removal = { id, mark: this.#mark, by }
    this.#removals.push(removal)
    if (this.#removals.length > MOST_REMOVALS)
      for (const old of this.#removals.splice(0, MOST_REMOVALS / 2)) this.#chars.delete(keyOf(old.id))
    return removal
  }
}
