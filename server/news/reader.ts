import type { PersonId } from '../../shared/ids.ts'

/** How far one person has read in one log. */
export type Reading = {
  readonly person: PersonId
  /** What came up to here was there before they were. */
  readonly joined: number
  /** Everything up to here is read. */
  readonly upTo: number
  /** Blocks that were read further, and at which moments: the last, and any before it that says more. */
  readonly blocks: ReadonlyMap<string, readonly number[]>
}

/** Somebody to whom things can be new: a person, or a service as one. */
export type Reader = {
  /** Their own doing is no news. */
  isOwn(person: PersonId): boolean
  hasRead(key: string, seq: number): boolean
  /** Whether a block was read at a moment when something was in it that came at `from` and left at `to`. */
  readBetween(key: string, from: number, to: number): boolean
  /** Everything in a block up to this sequence number is read; later things may be, too. */
  readUpTo(key: string): number
}

const reach = ({ upTo, blocks }: Reading, key: string): number => Math.max(upTo, blocks.get(key)?.at(-1) ?? 0)

const readAt = ({ upTo, blocks }: Reading, key: string, from: number, to: number): boolean =>
  [upTo, ...(blocks.get(key) ?? [])].some((moment) => from <= moment && moment < to)

export function personReader(reading: Reading): Reader {
  return {
    isOwn: (person) => person === reading.person,
    hasRead: (key, seq) => seq <= reach(reading, key),
    readBetween: (key, from, to) => readAt(reading, key, from, to),
    readUpTo: (key) => reach(reading, key),
  }
}

/**
 * A service reads with the eyes of all its members in the log: new for it is what none of them has read since the
 * first of them joined. What was there before a later member joined is not read by their joining.
 */
export function serviceReader(readings: readonly Reading[]): Reader {
  const people = new Set(readings.map(({ person }) => person))
  const inOrder = [...readings].sort((a, b) => a.joined - b.joined)
  const begin = inOrder[0]?.joined ?? 0
  return {
    isOwn: (person) => people.has(person),
    hasRead: (key, seq) => seq <= begin || inOrder.some((one) => seq > one.joined && seq <= reach(one, key)),
    readBetween: (key, from, to) =>
      (from <= begin && begin < to) || inOrder.some((one) => from > one.joined && readAt(one, key, from, to)),
    readUpTo(key) {
      let upTo = begin
      for (const one of inOrder) if (one.joined <= upTo) upTo = Math.max(upTo, reach(one, key))
      return upTo
    },
  }
}
