import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { ServerMessage } from '../../shared/collab/protocol.ts'

/** Waits until something holds; fails loudly, with what it was waiting for. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = 10_000,
): Promise<void> {
  const end = performance.now() + ms
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export type Closed = { code: number; reason: string }

export type Client = {
  doc: Y.Doc
  awareness: Awareness
  provider: HocuspocusProvider
  socket: HocuspocusProviderWebsocket
  /** Everything of ours that the server has said. */
  heard: ServerMessage[]
  /** How sockets ended, in order. */
  closed: Closed[]
  /** Resolves when the server has acknowledged everything written so far. */
  saved(): Promise<void>
  synced(): Promise<void>
  close(): void
}

type Options = { doc?: Y.Doc; headers?: Record<string, string>; retryAfter?: number }

/** Opens a log with Hocuspocus' own provider; `ticket` is asked anew at every (re)connection. */
export function openClient(
  port: number,
  document: string,
  ticket: (clientId: number) => Promise<string>,
  { doc = new Y.Doc(), headers = {}, retryAfter = 50 }: Options = {},
): Client {
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url, { headers })
      // A refused upgrade is a close to the provider, and an error that nobody else listens for.
      this.on('error', () => {})
    }
  }
  const heard: ServerMessage[] = []
  const closed: Closed[] = []
  const socket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}/collab`,
    WebSocketPolyfill: Socket,
    delay: retryAfter,
    minDelay: retryAfter,
    maxDelay: retryAfter * 4,
    onClose: ({ event }) => closed.push({ code: event.code, reason: String(event.reason) }),
  })
  const provider = new HocuspocusProvider({
    name: document,
    document: doc,
    awareness: new Awareness(doc),
    websocketProvider: socket,
    token: () => ticket(doc.clientID),
    onStateless: ({ payload }) => heard.push(ServerMessage.parse(JSON.parse(payload))),
  })
  provider.attach()
  const { awareness } = provider
  if (!awareness) throw new Error('no awareness')
  return {
    doc,
    awareness,
    provider,
    socket,
    heard,
    closed,
    saved: () => until('everything to be saved', () => provider.synced && !provider.hasUnsyncedChanges),
    synced: () => until('the first sync', () => provider.synced),
    close() {
      provider.destroy()
      socket.destroy()
    },
  }
}

/** The line is cut: what is written meanwhile waits, and what others write does not arrive. */
export async function away(client: Client, during: () => Promise<void> | void): Promise<void> {
  client.socket.disconnect()
  await until('the line to be cut', () => client.socket.webSocket === null)
  await during()
  await client.socket.connect()
}

type App = { url: string; port: number }

/** Opens a log of a whole running app, fetching each ticket over HTTP as the browser does. */
export async function connect(
  app: App,
  cookie: string,
  document: string,
  { blocksVersion = BLOCKS_VERSION, ...options }: Options & { blocksVersion?: number } = {},
): Promise<Client> {
  const ticket = async (clientId: number) => {
    const answer = await fetch(`${app.url}/api/collab/ticket`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ document, clientId, blocksVersion }),
    })
    const body: { ticket?: string; error?: { code: string } } = await answer.json()
    if (!body.ticket) throw new Error(body.error?.code ?? `no ticket (${answer.status})`)
    return body.ticket
  }
  const client = openClient(app.port, document, ticket, options)
  await client.synced()
  return client
}
