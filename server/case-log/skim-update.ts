import { createDecoder, type Decoder, readUint8, readVarString, readVarUint } from 'lib0/decoding'
import { markName } from '../collab/known-content.ts'
import { readPlain } from '../collab/scan-values.ts'

/** Where one client's structs stand in an update, and the clocks that they take up. */
export type Section = {
  client: number
  clock: number
  end: number
  count: number
  from: number
  to: number
  /** Where it is one piece of text and nothing else, as a key press is. */
  text: Text | undefined
}
/** A piece of text: its neighbours when it was written (-1 where there was none), and where its letters are. */
export type Text = {
  leftClient: number
  leftClock: number
  rightClient: number
  rightClock: number
  lengthAt: number
  lettersAt: number
}
export type Skimmed = {
  sections: Section[]
  deletes: { client: number; clock: number; length: number }[]
  /** It writes marks of comments and nothing else. */
  anchors: boolean
}

/**
 * Reads past an update that the gate has let in, without building anything, and finds where its structs stand. Throws
 * on a content that no log has.
 */
export function skimUpdate(update: Uint8Array): Skimmed {
  const decoder = createDecoder(update)
  const sections: Section[] = []
  let anchors = true
  for (let left = readVarUint(decoder); left > 0; left--) {
    const count = readVarUint(decoder)
    const client = readVarUint(decoder)
    const clock = readVarUint(decoder)
    const from = decoder.pos
    let end = clock
    let text: Text | undefined
    for (let structs = count; structs > 0; structs--) {
      anchors = anchors && isAnchorAt(decoder)
      text = newText()
      end += skimStruct(decoder, update, text)
    }
    if (count !== 1 || text?.lettersAt === 0) text = undefined
    sections.push({ client, clock, end, count, from, to: decoder.pos, text })
  }
  const deletes: Skimmed['deletes'] = []
  for (let clients = readVarUint(decoder); clients > 0; clients--) {
    const client = readVarUint(decoder)
    for (let left = readVarUint(decoder); left > 0; left--) {
      const clock = readVarUint(decoder)
      deletes.push({ client, clock, length: readVarUint(decoder) })
    }
  }
  return { sections, deletes, anchors: anchors && sections.length > 0 }
}

const GONE = 0
const DELETED = 1
const STRING = 4
const FORMAT = 6
const TYPE = 7
const ANY = 8
const XML_ELEMENT = 3
const XML_TEXT = 6

const newText = (): Text => ({
  leftClient: -1,
  leftClock: -1,
  rightClient: -1,
  rightClock: -1,
  lengthAt: 0,
  lettersAt: 0,
})

/** Reads past one struct, and says in `text` what it finds of one; how many clocks it takes up. */
function skimStruct(decoder: Decoder, update: Uint8Array, text: Text): number {
  const info = readUint8(decoder)
  const content = info & 0b1_1111
  if (content === GONE) return readVarUint(decoder)
  const origin = (info & 0b1000_0000) !== 0
  const rightOrigin = (info & 0b0100_0000) !== 0
  if (origin) {
    text.leftClient = readVarUint(decoder)
    text.leftClock = readVarUint(decoder)
  }
  if (rightOrigin) {
    text.rightClient = readVarUint(decoder)
    text.rightClock = readVarUint(decoder)
  }
  if (!origin && !rightOrigin) {
    if (readVarUint(decoder) === 1) skimString(decoder)
    else skimId(decoder)
    if (info & 0b0010_0000) skimString(decoder)
  }
  switch (content) {
    case DELETED:
      return readVarUint(decoder)
    case STRING: {
      text.lengthAt = decoder.pos
      const bytes = readVarUint(decoder)
      text.lettersAt = decoder.pos
      decoder.pos += bytes
      return utf16Length(update, text.lettersAt, decoder.pos)
    }
    case FORMAT:
      skimString(decoder)
      skimString(decoder)
      return 1
    case TYPE: {
      const type = readVarUint(decoder)
      if (type === XML_ELEMENT) skimString(decoder)
      else if (type !== XML_TEXT) throw new Error('a shared type that no log has')
      return 1
    }
    case ANY: {
      const length = readVarUint(decoder)
      for (let left = length; left > 0; left--) readPlain(decoder)
      return length
    }
    default:
      throw new Error('a content that no log has')
  }
}

/** Whether the struct that comes next is a comment's mark; the decoder stays before it. */
function isAnchorAt(decoder: Decoder): boolean {
  const start = decoder.pos
  const info = readUint8(decoder)
  if ((info & 0b1_1111) !== FORMAT) {
    decoder.pos = start
    return false
  }
  const origins = (info & 0b1100_0000) >> 6
  if (origins & 0b10) skimId(decoder)
  if (origins & 0b01) skimId(decoder)
  if (origins === 0) {
    if (readVarUint(decoder) === 1) skimString(decoder)
    else skimId(decoder)
    if (info & 0b0010_0000) skimString(decoder)
  }
  const key = readVarString(decoder)
  decoder.pos = start
  return markName(key) === 'comment'
}

function skimId(decoder: Decoder) {
  readVarUint(decoder)
  readVarUint(decoder)
}

function skimString(decoder: Decoder) {
  const bytes = readVarUint(decoder)
  decoder.pos += bytes
}

/** Clocks count text as JavaScript does: a character of four bytes is two. */
function utf16Length(bytes: Uint8Array, from: number, to: number): number {
  let length = 0
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    if ((byte & 0b1100_0000) !== 0b1000_0000) length += byte >= 0b1111_0000 ? 2 : 1
  }
  return length
}
