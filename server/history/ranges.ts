/**
 * Ranges of one Yjs client's clocks, each with the turn (the number of the update) that it belongs to. They may come in
 * any order of clocks; turns only rise, and where ranges overlap the first turn counts.
 */
export class Ranges {
  #clocks: number[] = []
  #ends: number[] = []
  #turns: number[] = []
  #sorted = true
  /** Where the last question was answered: the next is mostly about what follows. */
  #last = 0

  get end(): number {
    return this.#ends.at(-1) ?? 0
  }

  add(clock: number, length: number, turn: number) {
    const at = this.#clocks.length - 1
    if (at >= 0) {
      if (this.#ends[at] === clock && this.#turns[at] === turn) {
        this.#ends[at] = clock + length
        return
      }
      if (clock < (this.#ends[at] ?? 0)) this.#sorted = false
    }
    this.#clocks.push(clock)
    this.#ends.push(clock + length)
    this.#turns.push(turn)
  }

  /** Calls `tell` for each part of `clock` to `end`, with its turn; `none` for what no range covers. */
  each(clock: number, end: number, none: number, tell: (from: number, to: number, turn: number) => void) {
    if (!this.#sorted) this.#sort()
    let at = this.#indexOf(clock)
    let from = clock
    for (; from < end && at < this.#clocks.length; at++) {
      const start = this.#clocks[at] ?? end
      if (start >= end) break
      if (start > from) tell(from, start, none)
      from = Math.max(from, start)
      const to = Math.min(this.#ends[at] ?? end, end)
      tell(from, to, this.#turns[at] ?? none)
      from = to
    }
    this.#last = Math.max(0, at - 1)
    if (from < end) tell(from, end, none)
  }

  /** The turn of one clock. */
  at(clock: number, none: number): number {
    if (!this.#sorted) this.#sort()
    const at = this.#indexOf(clock)
    this.#last = at
    return (this.#clocks[at] ?? Number.POSITIVE_INFINITY) <= clock ? (this.#turns[at] ?? none) : none
  }

  /** The first range that ends after a clock. */
  #indexOf(clock: number): number {
    const near = this.#last
    if ((this.#ends[near - 1] ?? -1) <= clock) {
      if ((this.#ends[near] ?? 0) > clock) return near
      if ((this.#ends[near + 1] ?? 0) > clock && (this.#ends[near] ?? 0) <= clock) return near + 1
    }
    let low = 0
    let high = this.#ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#ends[middle] ?? 0) > clock) high = middle
      else low = middle + 1
    }
    return low
  }

  #sort() {
    const order = [...this.#clocks.keys()].sort((a, b) => (this.#clocks[a] ?? 0) - (this.#clocks[b] ?? 0))
    const put = (list: number[]) => order.map((at) => list[at] ?? 0)
    this.#clocks = put(this.#clocks)
    this.#ends = put(this.#ends)
    this.#turns = put(this.#turns)
    if (this.#clocks.some((clock, at) => clock < (this.#ends[at - 1] ?? 0))) this.#part()
    this.#sorted = true
    this.#last = 0
  }

  /** Cuts what overlaps, so that each clock has the first turn that names it. */
  #part() {
    const cuts = [...new Set([...this.#clocks, ...this.#ends])].sort((a, b) => a - b)
    const placeOf = new Map(cuts.map((cut, at) => [cut, at]))
    const turns: (number | undefined)[] = cuts.map(() => undefined)
    /** From each cut, where the next part without a turn may be: what is taken is leapt over. */
    const free = cuts.map((_, at) => at)
    const nextFree = (at: number): number => {
      let end = at
      while (free[end] !== undefined && free[end] !== end) end = free[end] ?? end
      for (let step = at; step !== end; ) {
        const next = free[step] ?? end
        free[step] = end
        step = next
      }
      return end
    }
    const order = [...this.#turns.keys()].sort((a, b) => (this.#turns[a] ?? 0) - (this.#turns[b] ?? 0))
    for (const range of order) {
      const end = placeOf.get(this.#ends[range] ?? 0) ?? 0
      for (let at = nextFree(placeOf.get(this.#clocks[range] ?? 0) ?? 0); at < end; at = nextFree(at)) {
        turns[at] = this.#turns[range]
        free[at] = at + 1
      }
    }
    this.#clocks = []
    this.#ends = []
    this.#turns = []
    for (const [at, turn] of turns.entries()) {
      if (turn === undefined) continue
      this.#clocks.push(cuts[at] ?? 0)
      this.#ends.push(cuts[at + 1] ?? 0)
      this.#turns.push(turn)
    }
  }
}
