import { writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'

/** An update up to this many bytes goes as it is: it has fewer structs than the server takes at once. */
const SMALL = 128 * 1024
/** What one part holds at most; characters, structs and deleted ranges. */
const MOST = { text: 100_000, structs: 8000, ranges: 20_000 }

type Decoded = ReturnType<typeof Y.decodeUpdate>
type Struct = Decoded['structs'][number]

/**
 * Cuts a long update (a paste, a week offline) into parts that a server takes one by one. Each builds only on those
 * before it; deletions come last. Together they amount to the whole.
 */
export function splitUpdate(update: Uint8Array): Uint8Array[] {
  if (update.length <= SMALL) return [update]
  const { structs, ds } = Y.decodeUpdate(update)
  const parts: Uint8Array[] = []
  let part: Struct[] = []
  let size = 0
  const close = () => {
    if (part.length > 0) parts.push(encodeStructs(part))
    part = []
    size = 0
  }
  for (const struct of inOrder(structs.flatMap(cutText))) {
    const length = struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.length : 0
    if (part.length >= MOST.structs || (part.length > 0 && size + length > MOST.text)) close()
    part.push(struct)
    size += length
  }
  close()
  return [...parts, ...encodeDeletes(ds)]
}

/** A run of text that is too long for one part, as several. */
function cutText(struct: Struct): Struct[] {
  const cut: Struct[] = []
  let rest = struct
  while (rest instanceof Y.Item && rest.content instanceof Y.ContentString && rest.length > MOST.text) {
    const { id, rightOrigin, parent, parentSub } = rest
    const at = rest.content.str.charCodeAt(MOST.text - 1)
    // Never between the two halves of one character.
    const length = at >= 0xd800 && at < 0xdc00 ? MOST.text - 1 : MOST.text
    const right = rest.content.splice(length)
    rest.length = length
    cut.push(rest)
    const before = Y.createID(id.client, id.clock + length - 1)
    rest = new Y.Item(
      Y.createID(id.client, id.clock + length),
      null,
      before,
      null,
      rightOrigin,
      parent,
      parentSub,
      right,
    )
  }
  return [...cut, rest]
}

/** Each struct after those it builds on; each client's in the order of their clocks. */
function inOrder(structs: readonly Struct[]): Struct[] {
  const queues = new Map<number, Struct[]>()
  for (const struct of structs) {
    const queue = queues.get(struct.id.client)
    if (queue) queue.push(struct)
    else queues.set(struct.id.client, [struct])
  }
  const first = new Map([...queues].map(([client, [one]]) => [client, one?.id.clock ?? 0]))
  const came = new Map(first)
  const isHere = (id: { client: number; clock: number } | null) =>
    id === null ||
    (first.get(id.client) ?? Number.POSITIVE_INFINITY) > id.clock ||
    (came.get(id.client) ?? 0) > id.clock
  const ordered: Struct[] = []
  for (let before = -1; before < ordered.length; ) {
    before = ordered.length
    for (const [client, queue] of queues) {
      let taken = 0
      for (const struct of queue) {
        if (struct instanceof Y.Item && ![struct.origin, struct.rightOrigin, parentOf(struct)].every(isHere))
          break
        ordered.push(struct)
        came.set(client, struct.id.clock + struct.length)
        taken++
      }
      queue.splice(0, taken)
    }
  }
  return [...ordered, ...[...queues.values()].flat()]
}

const parentOf = ({ parent }: Y.Item): Y.ID | null => (parent instanceof Y.ID ? parent : null)

function encodeStructs(structs: readonly Struct[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const byClient = Map.groupBy(structs, ({ id }) => id.client)
  writeVarUint(encoder.restEncoder, byClient.size)
  for (const [client, own] of byClient) {
    writeVarUint(encoder.restEncoder, own.length)
    encoder.writeClient(client)
    writeVarUint(encoder.restEncoder, own[0]?.id.clock ?? 0)
    for (const struct of own) struct.write(encoder, 0)
  }
  writeVarUint(encoder.restEncoder, 0)
  return encoder.toUint8Array()
}

function encodeDeletes({ clients }: Decoded['ds']): Uint8Array[] {
  const ranges = [...clients].flatMap(([client, items]) =>
    items.map(({ clock, len }) => ({ client, clock, len })),
  )
  const parts: Uint8Array[] = []
  for (let at = 0; at < ranges.length; at += MOST.ranges) {
    const byClient = Map.groupBy(ranges.slice(at, at + MOST.ranges), ({ client }) => client)
    const encoder = new Y.UpdateEncoderV1()
    writeVarUint(encoder.restEncoder, 0)
    writeVarUint(encoder.restEncoder, byClient.size)
    for (const [client, own] of byClient) {
      writeVarUint(encoder.restEncoder, client)
      writeVarUint(encoder.restEncoder, own.length)
      for (const { clock, len } of own) {
        writeVarUint(encoder.restEncoder, clock)
        writeVarUint(encoder.restEncoder, len)
      }
    }
    parts.push(encoder.toUint8Array())
  }
  return parts
}
