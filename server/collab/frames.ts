import {
  createDecoder,
  type Decoder,
  readVarString,
  readVarUint,
  readVarUint8Array,
  skip8,
} from 'lib0/decoding'
import { ClientMessage, limits } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'

const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const QUERY_AWARENESS = 3
const SYNC_REPLY = 4
const STATELESS = 5
const CLOSE = 7
const UPDATE = 2
const TOKEN = 0
const MOST_STATES = 200
const LONGEST_MESSAGE = 100

export type Frame = {
  document: string
  /** Client ids that an awareness frame says are gone. */
  gone: number[]
  /** The Yjs update that it brings, if that is what it is for. */
  update?: Uint8Array
  /** It tells where somebody is. */
  presence?: true
  /** Up to which mark its sender has seen what was taken away. */
  seen?: number
}

/**
 * Reads the shell of a frame before Hocuspocus does, which would print what it cannot read, in full, and goes on
 * working on what nobody may send. Throws AppError only.
 */
export function readFrame(frame: Uint8Array): Frame {
  try {
    const decoder = createDecoder(frame)
    const document = readVarString(decoder)
    return { document, ...readBody(decoder) }
  } catch (error) {
    throw error instanceof AppError ? error : unreadable('a frame that cannot be read')
  }
}

const nothing = { gone: [] }

function readBody(decoder: Decoder): Omit<Frame, 'document'> {
  const type = readVarUint(decoder)
  switch (type) {
    case SYNC:
    case SYNC_REPLY: {
      const kind = readVarUint(decoder)
      if (kind > UPDATE) throw unreadable('a sync message of no known kind')
      const update = readVarUint8Array(decoder)
      if (update.length === 0) throw new AppError('updateMalformed', { reason: 'empty' })
      return kind === UPDATE ? { gone: [], update } : nothing
    }
    case AWARENESS:
      return { gone: goneIn(createDecoder(readVarUint8Array(decoder))), presence: true }
    case STATELESS:
      return { gone: [], seen: seenIn(readVarString(decoder)) }
    case AUTH:
      if (readVarUint(decoder) !== TOKEN) throw unreadable('a sign-in of no known kind')
      readVarString(decoder)
      return nothing
    case QUERY_AWARENESS:
    case CLOSE:
      return nothing
    default:
      throw unreadable('a message that no client may send')
  }
}

function seenIn(text: string): number {
  const message = text.length > LONGEST_MESSAGE ? undefined : ClientMessage.safeParse(JSON.parse(text)).data
  if (!message) throw unreadable('a message of no known kind')
  return message.mark
}

/** Every state must be JSON, or applying it would fail halfway. */
function goneIn(states: Decoder): number[] {
  const gone: number[] = []
  const count = readVarUint(states)
  if (count > MOST_STATES) throw unreadable('too many states')
  for (let left = count; left > 0; left--) {
    const client = readVarUint(states)
    readVarUint(states)
    const text = readVarString(states)
    if (text.length > limits.awareness * 8) throw unreadable('a state too long')
    if (JSON.parse(text) === null) gone.push(client)
  }
  return gone
}

const unreadable = (reason: string) => new AppError('invalidInput', { reason })

/** Leaves nothing in a frame for Hocuspocus to do: it becomes a question that is not answered on a socket. */
export function mute(frame: Uint8Array): void {
  const decoder = createDecoder(frame)
  for (let left = readVarUint(decoder); left > 0; left--) skip8(decoder)
  frame[decoder.pos] = QUERY_AWARENESS
}

/** The same for an update: Hocuspocus applies nothing of it. */
export const disarm = (update: Uint8Array): void => void update.fill(0)
