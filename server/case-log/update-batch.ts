import {
  createEncoder,
  type Encoder,
  toUint8Array,
  write,
  writeUint8Array,
  writeVarUint,
} from 'lib0/encoding'
import { writeDeletes } from '../collab/check-update.ts'
import type { Section, Skimmed, Text } from './skim-update.ts'

/** What one client wrote in a row. */
type Gathered = { clock: number; end: number; count: number; structs: Encoder; typing: Typing | undefined }
/** Text that goes on as long as each piece was written right behind the last, with the same to its right. */
type Typing = { rightClient: number; rightClock: number; letters: Encoder }

/** What is longer is copied by the engine. */
const FEW_BYTES = 16

/**
 * Many updates as one. An update names each struct's neighbours by id, so a client's structs from many updates in a
 * row are one update's when their clocks follow each other; and pieces of text that Yjs would join when it has taken
 * them in are joined before.
 */
export class UpdateBatch {
  readonly #clients = new Map<number, Gathered>()
  #deletes: Skimmed['deletes'] = []

  /** Adds an update of which `fresh` is new; false when its clocks do not follow what is here. */
  add(update: Uint8Array, fresh: readonly Section[], deletes: Skimmed['deletes']): boolean {
    for (const { client, clock } of fresh) {
      const known = this.#clients.get(client)
      if (known && known.end !== clock) return false
    }
    for (const section of fresh) {
      const { client, clock, end } = section
      let known = this.#clients.get(client)
      if (!known) {
        known = { clock, end, count: 0, structs: createEncoder(), typing: undefined }
        this.#clients.set(client, known)
      }
      put(known, update, section)
      known.end = end
    }
    for (const range of deletes) this.#deletes.push(range)
    return true
  }

  /** Everything gathered as one update, and nothing left. */
  take(): Uint8Array | undefined {
    if (this.#clients.size === 0 && this.#deletes.length === 0) return undefined
    const encoder = createEncoder()
    writeVarUint(encoder, this.#clients.size)
    for (const [client, gathered] of this.#clients) {
      endTyping(gathered)
      const { clock, count, structs } = gathered
      writeVarUint(encoder, count)
      writeVarUint(encoder, client)
      writeVarUint(encoder, clock)
      writeUint8Array(encoder, toUint8Array(structs))
    }
    writeDeletes(encoder, this.#deletes)
    this.#clients.clear()
    this.#deletes = []
    return toUint8Array(encoder)
  }
}

function put(gathered: Gathered, update: Uint8Array, { client, clock, count, from, to, text }: Section) {
  const { typing, structs } = gathered
  if (text && typing && goesOn(typing, text, client, clock)) {
    copy(typing.letters, update, text.lettersAt, to)
    return
  }
  endTyping(gathered)
  gathered.count += count
  if (!text) {
    copy(structs, update, from, to)
    return
  }
  // How many letters it has is only known when it ends.
  copy(structs, update, from, text.lengthAt)
  const letters = createEncoder()
  copy(letters, update, text.lettersAt, to)
  gathered.typing = { rightClient: text.rightClient, rightClock: text.rightClock, letters }
}

/** As Yjs' `Item.mergeWith`: written right behind, and with the same to its right. */
const goesOn = (typing: Typing, text: Text, client: number, clock: number) =>
  text.leftClient === client &&
  text.leftClock === clock - 1 &&
  text.rightClient === typing.rightClient &&
  text.rightClock === typing.rightClock

function endTyping(gathered: Gathered) {
  const { typing, structs } = gathered
  if (!typing) return
  const letters = toUint8Array(typing.letters)
  writeVarUint(structs, letters.length)
  writeUint8Array(structs, letters)
  gathered.typing = undefined
}

function copy(encoder: Encoder, bytes: Uint8Array, from: number, to: number) {
  if (to - from > FEW_BYTES) writeUint8Array(encoder, bytes.subarray(from, to))
  else for (let at = from; at < to; at++) write(encoder, bytes[at] ?? 0)
}
