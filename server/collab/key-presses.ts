import {
  createEncoder,
  type Encoder,
  toUint8Array,
  writeUint8,
  writeVarString,
  writeVarUint,
} from 'lib0/encoding'
import type { Struct } from './scan.ts'
import { type Scanned, scanUpdate } from './scan.ts'

/** An update that has been read. */
export type Read = { update: Uint8Array; scanned: Scanned }

/** Together they become one update; what is longer waits for the next. */
const MOST_PRESSES = 400
const MOST_LENGTH = 16_000

const TEXT = 4
const HAS_ORIGIN = 0b1000_0000
const HAS_RIGHT_ORIGIN = 0b0100_0000

/**
 * What to check and store next of the updates of one client that wait, in the order in which they came: the first
 * `taken` of them as one update. Key presses that follow on each other become one; anything else stays by itself.
 * Throws AppError when the first cannot be read.
 */
export function nextUpdate(waiting: readonly Uint8Array[]): Read & { taken: number } {
  const [first] = waiting
  const read = { update: first ?? new Uint8Array(0), scanned: scanUpdate(first ?? new Uint8Array(0)) }
  const alone = { ...read, taken: 1 }
  const press = waiting.length > 1 ? pressOf(read.scanned) : undefined
  if (!press) return alone
  const { client } = press
  const structs = [press.struct]
  let taken = 1
  for (let length = press.struct.length; taken < waiting.length && taken < MOST_PRESSES; taken++) {
    const next = readPress(waiting[taken])
    const last = structs.at(-1)
    if (!next || !last || next.client !== client || next.struct.clock !== last.clock + last.length) break
    length += next.struct.length
    if (length > MOST_LENGTH) break
    const joined = join(client, last, next.struct)
    if (joined) structs[structs.length - 1] = joined
    else structs.push(next.struct)
  }
  return taken === 1 ? alone : { ...write(client, structs), taken }
}

type Press = { client: number; struct: Struct & { content: { kind: 'text' } } }

function readPress(update: Uint8Array | undefined): Press | undefined {
  try {
    return update && pressOf(scanUpdate(update))
  } catch {
    // It is refused when its turn comes.
    return undefined
  }
}

/** One piece of text and nothing else. */
function pressOf({ sections, deletes }: Scanned): Press | undefined {
  const [section, ...others] = sections
  const [struct, ...more] = section?.structs ?? []
  if (!section || !struct || others.length + more.length + deletes.length > 0) return undefined
  const { content, parent } = struct
  if (content.kind !== 'text' || (parent && ('root' in parent || parent.sub !== null))) return undefined
  return { client: section.client, struct: { ...struct, content } }
}

/** Two pieces of text as the one that Yjs makes of them: the second was written right behind the first. */
function join(client: number, one: Press['struct'], two: Press['struct']): Press['struct'] | undefined {
  const { origin } = two
  const follows = origin !== null && origin.client === client && origin.clock === one.clock + one.length - 1
  if (!follows || !same(one.rightOrigin, two.rightOrigin)) return undefined
  const text = one.content.text + two.content.text
  return { ...one, length: one.length + two.length, content: { kind: 'text', text } }
}

function same(one: Struct['origin'], two: Struct['origin']): boolean {
  return one?.client === two?.client && one?.clock === two?.clock
}

/** The update with these pieces of text of one client, and what reading it gives. */
function write(client: number, pieces: readonly Press['struct'][]): Read {
  const encoder = createEncoder()
  const clock = pieces[0]?.clock ?? 0
  for (const value of [1, pieces.length, client, clock]) writeVarUint(encoder, value)
  for (const piece of pieces) writePiece(encoder, piece)
  writeVarUint(encoder, 0)
  const update = toUint8Array(encoder)
  return { update, scanned: scanUpdate(update) }
}

function writePiece(encoder: Encoder, { origin, rightOrigin, parent, content }: Press['struct']) {
  writeUint8(encoder, TEXT | (origin ? HAS_ORIGIN : 0) | (rightOrigin ? HAS_RIGHT_ORIGIN : 0))
  if (origin) writeId(encoder, origin)
  if (rightOrigin) writeId(encoder, rightOrigin)
  if (parent && 'client' in parent) {
    writeVarUint(encoder, 0)
    writeId(encoder, parent)
  }
  writeVarString(encoder, content.text)
}

function writeId(encoder: Encoder, { client, clock }: { client: number; clock: number }) {
  writeVarUint(encoder, client)
  writeVarUint(encoder, clock)
}
