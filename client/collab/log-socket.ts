import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { createDecoder, readVarInt, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'
import {
  createEncoder,
  type Encoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { type ClientMessage, ServerMessage } from '../../shared/collab/protocol.ts'
import { splitUpdate } from './split-update.ts'

const SYNC = 0
const SYNC_REPLY = 1
const SYNC_STATUS = 8
const CLOSE = 7

export type Closing = { event: { code: number; reason: string } }

/** The websocket. Reconnecting is the connection's business, since a ticket has to be fetched first. */
export class LogSocket extends HocuspocusProviderWebsocket {
  constructor(url: string, onClose: (closing: Closing) => void) {
    super({ url, autoConnect: false, maxAttempts: 1, onClose })
  }

  /** Nothing is kept for later: the sync after joining carries all of it, and exactly once. */
  override send(message: Uint8Array): void {
    if (this.webSocket?.readyState === WebSocket.OPEN) super.send(message)
  }

  /** Ends the connection without waiting for an other side that may never answer. */
  drop(): void {
    this.shouldConnect = false
    const event = { code: 4408, reason: 'dropped' }
    if (this.webSocket) this.emit('close', { event })
  }
}

/** What the connection wants to know of the traffic. */
export type Traffic = {
  /** A message left that carries local changes; `whole` when everything made so far has left with it. */
  onSent(whole: boolean): void
  /** The server answered the oldest of those. */
  onAnswer(stored: boolean): void
  onHeard(): void
  /** The server ended the document's connection, for this reason, and left the socket open. */
  onEnded(reason: string): void
}

type Given = {
  name: string
  document: Y.Doc
  awareness: Awareness
  websocketProvider: LogSocket
  token: () => string
}

/** The provider, sending local changes only once the server knows what we have, and what we have seen of the log. */
export class LogProvider extends HocuspocusProvider {
  readonly #traffic: Traffic
  #joined = false
  /** What the server has told of removals, to be answered when all before it is here. */
  #taken: number | undefined

  constructor(given: Given, traffic: Traffic) {
    super(given)
    this.#traffic = traffic
    this.on('synced', () => this.#saySeen())
    this.on('stateless', ({ payload }: { payload: string }) => {
      const message = ServerMessage.safeParse(JSON.parse(payload)).data
      if (message?.type !== 'taken') return
      this.#taken = message.mark
      this.#saySeen()
    })
  }

  /** What is written from now on was written by somebody who sees what has been taken away. */
  #saySeen(): void {
    if (this.#taken === undefined || !this.synced) return
    const message: ClientMessage = { type: 'seen', mark: this.#taken }
    this.#taken = undefined
    this.sendStateless(JSON.stringify(message))
  }

  /** Whether the server has been given everything that was written before this connection. */
  get joined(): boolean {
    return this.#joined
  }

  override documentUpdateHandler(update: Uint8Array, origin: unknown): void {
    if (this.#joined) super.documentUpdateHandler(update, origin)
  }

  override send(...given: Parameters<HocuspocusProvider['send']>): void {
    const [message, content] = given
    const reply = content?.encoder === undefined ? undefined : syncReplyIn(toUint8Array(content.encoder))
    const update = reply ?? content?.update
    if (!(update instanceof Uint8Array)) super.send(message, content)
    const parts = update instanceof Uint8Array ? splitUpdate(update) : []
    for (const [index, part] of parts.entries()) {
      const last = index === parts.length - 1
      if (parts.length === 1) super.send(message, content)
      else if (reply) super.send(message, { encoder: syncReply(this.configuration.name, part) })
      else super.send(message, { ...content, update: part })
      if (reply && last) this.#joined = true
      this.#traffic.onSent(last)
    }
  }

  override onMessage(event: MessageEvent<ArrayBuffer>): void {
    super.onMessage(event)
    this.#traffic.onHeard()
    const decoder = createDecoder(new Uint8Array(event.data))
    readVarString(decoder)
    const type = readVarUint(decoder)
    if (type === SYNC_STATUS) this.#traffic.onAnswer(readVarInt(decoder) === 1)
    if (type === CLOSE) this.#traffic.onEnded(readVarString(decoder))
  }

  override onClose(): void {
    this.#joined = false
    this.#taken = undefined
    super.onClose()
  }
}

/** The update in a reply to the server's first sync message. */
function syncReplyIn(message: Uint8Array): Uint8Array | undefined {
  const decoder = createDecoder(message)
  readVarString(decoder)
  const reply = readVarUint(decoder) === SYNC && readVarUint(decoder) === SYNC_REPLY
  return reply ? readVarUint8Array(decoder) : undefined
}

function syncReply(document: string, update: Uint8Array): Encoder {
  const encoder = createEncoder()
  writeVarString(encoder, document)
  writeVarUint(encoder, SYNC)
  writeVarUint(encoder, SYNC_REPLY)
  writeVarUint8Array(encoder, update)
  return encoder
}
