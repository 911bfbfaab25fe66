import type { Socket } from 'node:net'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { bytesOf } from './lines.ts'
import type { Peer } from './system.ts'

type Token = string | (() => Promise<string>)

/** Joins a log over the Hocuspocus wire; Stafett and plain Hocuspocus alike. */
export function joinHocuspocus(
  url: string,
  name: string,
  doc: Y.Doc,
  token: Token,
  headers: Record<string, string>,
  awareness: Awareness | null = null,
) {
  const meter = createMeter()
  class MeteredSocket extends WebSocket {
    constructor(address: string) {
      super(address, { headers })
      meter.watch(this)
    }
  }
  const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: MeteredSocket })
  return new Promise<Peer>((resolve, reject) => {
    const saved: (() => void)[] = []
    let unsynced = 0
    const provider = new HocuspocusProvider({
      websocketProvider,
      name,
      document: doc,
      token,
      awareness,
      onAuthenticationFailed: ({ reason }) => reject(new Error(`${name}: ${reason}`)),
      onUnsyncedChanges: ({ number }) => {
        if (number < unsynced) for (const listener of saved) listener()
        unsynced = number
      },
      onClose: ({ event }) => {
        if (event.code !== 1000) reject(new Error(`${name}: closed with ${event.code} ${event.reason}`))
      },
      onSynced: () =>
        resolve({
          doc,
          pending: () => provider.unsyncedChanges,
          onSaved: (listener) => saved.push(listener),
          traffic: meter.traffic,
          close: () => {
            provider.destroy()
            websocketProvider.destroy()
          },
        }),
    })
    provider.attach()
  })
}

/** Joins a log over the plain Yjs wire. */
export function joinYWebsocket(url: string, name: string, doc: Y.Doc) {
  const meter = createMeter()
  /** y-websocket is typed for the browser's WebSocket; here it gets the client from `ws` that the others use too. */
  const sameSocket = new Proxy(globalThis.WebSocket, {
    construct: (_browser, [address]: [string]) => meter.watch(new WebSocket(address)),
  })
  return new Promise<Peer>((resolve) => {
    const provider = new WebsocketProvider(url, name, doc, {
      WebSocketPolyfill: sameSocket,
      disableBc: true,
    })
    provider.awareness.setLocalState(null)
    provider.on('sync', (synced) => {
      if (!synced) return
      const close = () => provider.destroy()
      resolve({ doc, pending: undefined, onSaved: () => {}, traffic: meter.traffic, close })
    })
  })
}

/** Joins a log through the bare fan-out, which has nothing to send to one who comes late. */
export function joinFanOut(url: string, name: string, doc: Y.Doc) {
  const meter = createMeter()
  const socket = meter.watch(new WebSocket(`${url}/${name}`))
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== socket && socket.readyState === socket.OPEN) socket.send(update)
  })
  socket.on('message', (data) => Y.applyUpdate(doc, bytesOf(data), socket))
  return new Promise<Peer>((resolve, reject) => {
    socket.on('error', reject)
    const close = () => socket.terminate()
    socket.on('open', () =>
      resolve({ doc, pending: undefined, onSaved: () => {}, traffic: meter.traffic, close }),
    )
  })
}

/** Counts what goes over the connections of one person, as the network sees it. */
function createMeter() {
  const connections: Socket[] = []
  const sum = (of: (connection: Socket) => number) =>
    connections.reduce((total, connection) => total + of(connection), 0)
  return {
    watch(socket: WebSocket) {
      socket.on('upgrade', (response) => connections.push(response.socket))
      return socket
    },
    traffic: () => ({
      sent: sum(({ bytesWritten }) => bytesWritten),
      received: sum(({ bytesRead }) => bytesRead),
    }),
  }
}
