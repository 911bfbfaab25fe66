import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { limits } from '../../shared/collab/protocol.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { type Bucket, createBudget } from './budget.ts'
import { framed, MOST_FRAMED } from './framed.ts'

/** A WebSocket with its limits, as Hocuspocus and the hooks see it. */
export type CollabSocket = {
  readonly readyState: number
  /** A standard Yjs client's: it hears nothing of ours but a close. */
  readonly plain: boolean
  /** It is closed, whoever closed it. */
  readonly gone: boolean
  /** We closed it: nothing it sent is looked at any more. */
  readonly refused: boolean
  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void
  close(code?: number, reason?: string): void
  /** What is sent from now to the end of this turn of the event loop leaves in one piece. */
  gather(): void
  /** Closes with the code and name of an error; what was sent before still arrives. */
  refuse(code: ErrorCode): void
  /** The visitor is known, with what all of their sockets may send; what is left is loading the log. */
  signedIn(budget: Bucket): void
  joined(): void
  /** Called once, when the socket is closed; at once when it is already. */
  onClosed(listener: () => void): void
  /** A frame has been dealt with. */
  handled(bytes: number): void
  /** Work beyond a frame's own size: what follows is read more slowly. */
  charge(bytes: number): void
}

type Listener = { onFrame(frame: Uint8Array): void; onClose(code: number, reason: string): void }

/** A reader this far behind is let go; it comes back and syncs. */
const TOO_SLOW = 64 * 1024 * 1024
const LOADING_DEADLINE = 30_000
/** What may wait for a log to be loaded. */
const MOST_EARLY = { frames: 100, bytes: 1024 * 1024 }

/** Wraps an opened socket: sign-in deadline, budgets and a bound on what waits for a slow reader. */
export function openSocket(
  ws: WebSocket,
  stream: Duplex,
  plain: boolean,
  listen: (socket: CollabSocket) => Listener,
): CollabSocket {
  let deadline = setTimeout(() => socket.refuse('notSignedIn'), limits.signInDeadline)
  const budget = createBudget({ pause: () => ws.pause(), resume: () => ws.resume() })

  let refused = false
  let joined = false
  let early = { frames: 0, bytes: 0 }
  let closed: (() => void)[] | undefined = []
  const socket: CollabSocket = {
    plain,
    get refused() {
      return refused
    },
    get gone() {
      return ws.readyState === ws.CLOSED
    },
    get readyState() {
      return ws.readyState
    },
    send(data) {
      if (ws.readyState !== ws.OPEN) return
      if (stream.writableLength > TOO_SLOW) ws.terminate()
      else if (data instanceof Uint8Array) {
        if (data.length > MOST_FRAMED) ws.send(data)
        else stream.write(framed(data))
      }
    },
    close: (code, reason) => ws.close(code, reason),
    gather() {
      stream.cork()
      setImmediate(() => stream.uncork())
    },
    refuse(code) {
      if (refused) return
      refused = true
      const error = new AppError(code)
      ws.close(error.close, error.code)
      // What a refused socket still sends is not read; its close handshake need not be waited for.
      setTimeout(() => ws.terminate(), 2000).unref()
    },
    signedIn(bucket) {
      budget.shareWith(bucket)
      clearTimeout(deadline)
      deadline = setTimeout(() => socket.refuse('internal'), LOADING_DEADLINE)
    },
    onClosed(listener) {
      if (closed) closed.push(listener)
      else listener()
    },
    joined() {
      joined = true
      clearTimeout(deadline)
    },
    handled: (bytes) => budget.handled(bytes),
    charge: (bytes) => budget.charge(bytes),
  }
  const { onFrame, onClose } = listen(socket)

  ws.on('message', (data, isBinary) => {
    if (ws.readyState !== ws.OPEN) return
    if (!isBinary || !(data instanceof Buffer)) return socket.refuse('invalidInput')
    budget.arrived(data.length)
    if (!joined) {
      early = { frames: early.frames + 1, bytes: early.bytes + data.length }
      if (early.frames > MOST_EARLY.frames || early.bytes > MOST_EARLY.bytes) return socket.refuse('tooMany')
    }
    onFrame(data)
  })
  ws.on('close', (code, reason) => {
    clearTimeout(deadline)
    budget.stop()
    onClose(code, reason.toString())
    for (const listener of closed ?? []) listener()
    closed = undefined
  })
  // A frame over the limit or against RFC 6455 is an error, then a close.
  ws.on('error', () => {})
  return socket
}
