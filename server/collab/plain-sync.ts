import type { WebSocketLike } from '@hocuspocus/server'
import {
  createDecoder,
  readTailAsUint8Array,
  readVarString,
  readVarUint,
  readVarUint8Array,
} from 'lib0/decoding'
import {
  createEncoder,
  toUint8Array,
  writeUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'
import type { CollabSocket } from './socket.ts'

/** Message types that y-websocket and Hocuspocus number alike. */
const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const QUERY_AWARENESS = 3
const SYNC_REPLY = 4
const TOKEN = 0

/**
 * Lets a plain y-websocket client pass for a Hocuspocus one, so that the same gate serves it: each of its frames
 * gets the document's name in front, and what it would not understand is kept from it.
 */
export function plainSync(document: string, ticket: string) {
  return {
    /** The frame that signs in, as Hocuspocus' own client would send it. */
    firstFrame(): Uint8Array {
      const encoder = createEncoder()
      writeVarString(encoder, document)
      writeVarUint(encoder, AUTH)
      writeVarUint(encoder, TOKEN)
      writeVarString(encoder, ticket)
      writeVarString(encoder, 'y-websocket')
      return toUint8Array(encoder)
    },

    /** Undefined for what only Hocuspocus' own client may say. */
    incoming(frame: Uint8Array): Uint8Array | undefined {
      const type = frame[0]
      if (type !== SYNC && type !== AWARENESS && type !== QUERY_AWARENESS) return undefined
      const encoder = createEncoder()
      writeVarString(encoder, document)
      writeUint8Array(encoder, type === AWARENESS ? (announced(frame) ?? frame) : frame)
      return toUint8Array(encoder)
    },

    /** The socket as Hocuspocus sees it: what it sends is translated back. */
    socketFor(socket: CollabSocket): WebSocketLike {
      return {
        get readyState() {
          return socket.readyState
        },
        close: (code, reason) => socket.close(code, reason),
        send(data) {
          const translated = data instanceof Uint8Array ? outgoing(data) : undefined
          if (translated) socket.send(translated)
        },
      }
    },
  }
}

/**
 * y-websocket's first words are state number 0, which y-protocols takes for no news: whoever only writes would not be
 * seen for a quarter of a minute. They are counted as number 1. Undefined for a frame that cannot be read.
 */
function announced(frame: Uint8Array): Uint8Array | undefined {
  try {
    const decoder = createDecoder(frame)
    readVarUint(decoder)
    const states = createDecoder(readVarUint8Array(decoder))
    const inner = createEncoder()
    const count = readVarUint(states)
    writeVarUint(inner, count)
    for (let left = count; left > 0; left--) {
      writeVarUint(inner, readVarUint(states))
      writeVarUint(inner, Math.max(1, readVarUint(states)))
      writeVarString(inner, readVarString(states))
    }
    const encoder = createEncoder()
    writeVarUint(encoder, AWARENESS)
    writeVarUint8Array(encoder, toUint8Array(inner))
    return toUint8Array(encoder)
  } catch {
    return undefined
  }
}

function outgoing(frame: Uint8Array): Uint8Array | undefined {
  const decoder = createDecoder(frame)
  readVarString(decoder)
  const from = decoder.pos
  const type = readVarUint(decoder)
  if (type === SYNC || type === AWARENESS) return frame.subarray(from)
  if (type !== SYNC_REPLY) return undefined
  const encoder = createEncoder()
  writeVarUint(encoder, SYNC)
  writeUint8Array(encoder, readTailAsUint8Array(decoder))
  return toUint8Array(encoder)
}
