import { createDecoder, type Decoder, hasContent, readUint8, readVarString, readVarUint } from 'lib0/decoding'
import { limits } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { readJson, readPlain } from './scan-values.ts'

/** Where a struct says it stands, as far as it says so itself. */
export type Place =
  | { root: string; sub: string | null }
  | { client: number; clock: number; sub: string | null }

export type Content =
  | { kind: 'gone' }
  | { kind: 'text'; text: string }
  | { kind: 'mark'; key: string; value: unknown }
  | { kind: 'element'; name: string }
  | { kind: 'xmlText' }
  | { kind: 'values' }

export type Struct = {
  clock: number
  length: number
  content: Content
  origin: { client: number; clock: number } | null
  rightOrigin: { client: number; clock: number } | null
  /** Null where neighbours say it. */
  parent: Place | null
  /** Where its bytes are in the update. */
  start: number
  stop: number
}

export type Section = { client: number; clock: number; end: number; structs: Struct[] }
export type DeletedRange = { client: number; clock: number; length: number }

export type Scanned = { sections: Section[]; deletes: DeletedRange[]; deletesAt: number }

/** Yjs clocks count characters: nobody writes more than this in a log. */
const MOST_CLOCK = 2 ** 31
const SMALLEST_STRUCT = 2

const tooMuch = (what: string) => new AppError('tooLarge', { reason: `too many ${what} in one update` })
const malformed = (reason: string) => new AppError('updateMalformed', { reason })
const unknown = (reason: string) => new AppError('updateUnknownContent', { reason })

/**
 * Reads a Yjs update (version 1) once, without building anything. Every count is held against the bytes that are
 * left before anything is made room for. Throws AppError only.
 */
export function scanUpdate(update: Uint8Array): Scanned {
  try {
    const decoder = createDecoder(update)
    const sections = readSections(decoder)
    const deletesAt = decoder.pos
    const deletes = readDeletes(decoder)
    if (hasContent(decoder)) throw malformed('bytes left over')
    return { sections, deletes, deletesAt }
  } catch (error) {
    throw error instanceof AppError ? error : malformed('cannot be read')
  }
}

/** The first client and clock of an update that the gate has passed; undefined when it only deletes. */
export function firstOf(update: Uint8Array): { sections: number; client: number; clock: number } | undefined {
  const decoder = createDecoder(update)
  const sections = readVarUint(decoder)
  if (sections === 0) return undefined
  readVarUint(decoder)
  return { sections, client: readVarUint(decoder), clock: readVarUint(decoder) }
}

/** A state vector that cannot be read would fail halfway through Hocuspocus. */
export function checkStateVector(vector: Uint8Array): void {
  try {
    const decoder = createDecoder(vector)
    for (let left = readCount(decoder, 2); left > 0; left--) {
      readVarUint(decoder)
      readVarUint(decoder)
    }
  } catch (error) {
    throw error instanceof AppError ? error : malformed('a state vector that cannot be read')
  }
}

function readCount(decoder: Decoder, smallest: number): number {
  const count = readVarUint(decoder)
  if (count * smallest > decoder.arr.length - decoder.pos) throw malformed('a count beyond its bytes')
  return count
}

function readSections(decoder: Decoder): Section[] {
  const sections: Section[] = []
  const seen = new Set<number>()
  let total = 0
  for (let left = readCount(decoder, 3); left > 0; left--) {
    const structs: Struct[] = []
    let count = readCount(decoder, SMALLEST_STRUCT)
    total += count
    if (total > limits.structs) throw tooMuch('structs')
    const client = readVarUint(decoder)
    if (seen.has(client)) throw malformed('a client twice')
    seen.add(client)
    const clock = readVarUint(decoder)
    let end = clock
    for (; count > 0; count--) {
      const struct = readStruct(decoder, end)
      structs.push(struct)
      end += struct.length
      if (end > MOST_CLOCK) throw malformed('an absurd length')
    }
    if (structs.length > 0) sections.push({ client, clock, end, structs })
  }
  return sections
}

function readStruct(decoder: Decoder, clock: number): Struct {
  const start = decoder.pos
  const info = readUint8(decoder)
  const ref = info & 0b1_1111
  if (ref === 0) {
    const length = readLength(decoder)
    return { clock, length, content: { kind: 'gone' }, ...nowhere, start, stop: decoder.pos }
  }
  if (ref === 10) throw new AppError('updateIncomplete', { reason: 'a skip' })
  const origin = info & 0b1000_0000 ? readId(decoder) : null
  const rightOrigin = info & 0b0100_0000 ? readId(decoder) : null
  const parent =
    origin === null && rightOrigin === null ? readPlace(decoder, (info & 0b0010_0000) !== 0) : null
  const { length, content } = readContent(decoder, ref)
  return { clock, length, content, origin, rightOrigin, parent, start, stop: decoder.pos }
}

const nowhere = { origin: null, rightOrigin: null, parent: null }

const readId = (decoder: Decoder) => ({ client: readVarUint(decoder), clock: readVarUint(decoder) })

function readPlace(decoder: Decoder, hasSub: boolean): Place {
  const at = readVarUint(decoder) === 1 ? { root: readVarString(decoder) } : readId(decoder)
  return { ...at, sub: hasSub ? readVarString(decoder) : null }
}

function readLength(decoder: Decoder): number {
  const length = readVarUint(decoder)
  if (length === 0) throw malformed('a length of nothing')
  return length
}

function readContent(decoder: Decoder, ref: number): { length: number; content: Content } {
  switch (ref) {
    case 1:
      return { length: readLength(decoder), content: { kind: 'gone' } }
    case 4: {
      const text = readVarString(decoder)
      if (text === '') throw malformed('a length of nothing')
      return { length: text.length, content: { kind: 'text', text } }
    }
    case 6:
      return {
        length: 1,
        content: { kind: 'mark', key: readVarString(decoder), value: readJson(readVarString(decoder)) },
      }
    case 7: {
      const type = readVarUint(decoder)
      if (type === 3) return { length: 1, content: { kind: 'element', name: readVarString(decoder) } }
      if (type === 6) return { length: 1, content: { kind: 'xmlText' } }
      throw unknown('a shared type that no log has')
    }
    case 8: {
      const length = readCount(decoder, 1)
      if (length === 0) throw malformed('a length of nothing')
      for (let left = length; left > 0; left--) readPlain(decoder)
      return { length, content: { kind: 'values' } }
    }
    default:
      throw unknown('a content that no log has')
  }
}

function readDeletes(decoder: Decoder): DeletedRange[] {
  const deletes: DeletedRange[] = []
  const seen = new Set<number>()
  for (let clients = readCount(decoder, 2); clients > 0; clients--) {
    const client = readVarUint(decoder)
    if (seen.has(client)) throw malformed('a client twice')
    seen.add(client)
    let end = 0
    const count = readCount(decoder, 2)
    if (deletes.length + count > limits.deletes) throw tooMuch('deletes')
    for (let left = count; left > 0; left--) {
      const clock = readVarUint(decoder)
      const length = readLength(decoder)
      // In order and apart, as Yjs writes them: else one short update could have all of a log looked at again and again.
      if (clock < end) throw malformed('deletes out of order')
      end = clock + length
      if (end > MOST_CLOCK) throw malformed('an absurd length')
      deletes.push({ client, clock, length })
    }
  }
  return deletes
}
