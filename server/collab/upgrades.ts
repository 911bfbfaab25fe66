import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hocuspocus } from '@hocuspocus/server'
import { type WebSocket, WebSocketServer } from 'ws'
import { limits, parseDocumentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { originAllowed } from '../auth/origin.ts'
import type { Config } from '../config.ts'
import { readFrame } from './frames.ts'
import { createInbox } from './inbox.ts'
import { plainSync } from './plain-sync.ts'
import { leavePresence } from './presence.ts'
import { type CollabSocket, openSocket } from './socket.ts'
import type { CollabContext, Visit } from './visit.ts'

const HEARTBEAT = 20_000
/** Hocuspocus wants a request for each socket, and parses its address at every message; ours are checked before it sees them. */
class NoRequest extends Request {
  override get url() {
    return ''
  }
}
const request = new NoRequest('http://localhost/collab')

export type Upgrades = {
  handle(req: IncomingMessage, socket: Duplex, head: Buffer): void
  closeAll(): void
  count(): number
}

type Parts = {
  config: Pick<Config, 'publicUrl'>
  visitOf: (socket: CollabSocket) => Visit | undefined
  write: (visit: Visit, updates: readonly Uint8Array[]) => Promise<number>
  onRefused: (error: unknown, socket: CollabSocket) => void
}

/** Opens `/collab` for Hocuspocus' provider and `/sync/<document>` for plain Yjs clients. */
export function createUpgrades(
  hocuspocus: Hocuspocus<CollabContext>,
  { config, visitOf, write, onRefused }: Parts,
): Upgrades {
  const wss = new WebSocketServer({ noServer: true, maxPayload: limits.frame, perMessageDeflate: false })
  const sockets = new Map<WebSocket, CollabSocket>()
  const silent = new WeakSet<WebSocket>()

  const heartbeat = setInterval(() => {
    for (const ws of sockets.keys()) {
      if (silent.has(ws)) ws.terminate()
      else {
        silent.add(ws)
        ws.ping()
      }
    }
  }, HEARTBEAT)
  heartbeat.unref()

  function open(ws: WebSocket, stream: Duplex, plain: ReturnType<typeof plainSync> | undefined) {
    const opened = openSocket(ws, stream, plain !== undefined, (socket) => {
      const seen = plain ? plain.socketFor(socket) : socket
      const client = hocuspocus.handleConnection(seen, request, { socket })
      let visit: Visit | undefined
      const inbox = createInbox({
        visit() {
          visit ??= visitOf(socket)
          return visit
        },
        write,
        handOver: (bytes) => client.handleMessage(bytes),
        onRefused: (error) => onRefused(error, socket),
      })
      let about: string | undefined
      const receive = (bytes: Uint8Array) => {
        try {
          const frame = readFrame(bytes)
          const { document } = frame
          // Hocuspocus keeps names as keys of plain objects: «__proto__» is none.
          if (about === undefined && parseDocumentName(document)) about = document
          if (document !== about) throw new AppError('ticketInvalid', { reason: 'another document' })
          inbox.take(bytes, frame)
        } catch (error) {
          onRefused(error, socket)
        }
      }
      if (plain) receive(plain.firstFrame())
      return {
        onFrame(frame) {
          const translated = plain ? plain.incoming(frame) : frame
          if (translated) receive(translated)
          else socket.handled(frame.length)
        },
        onClose(code, reason) {
          sockets.delete(ws)
          const left = inbox.left()
          if (!left) return client.handleClose({ code, reason })
          // What came before the end counts: until it is stored the log stays open, for this connection too.
          if (visit) leavePresence(visit)
          void left.then(() => client.handleClose({ code, reason }))
        },
      }
    })
    sockets.set(ws, opened)
    ws.on('pong', () => silent.delete(ws))
  }

  return {
    handle(req, socket, head) {
      if (!originAllowed(req, config)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
        return
      }
      const target = targetOf(req.url ?? '')
      if (!target) {
        socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
        return
      }
      const plain = 'document' in target ? plainSync(target.document, target.ticket) : undefined
      wss.handleUpgrade(req, socket, head, (ws) => open(ws, socket, plain))
    },
    closeAll() {
      clearInterval(heartbeat)
      for (const socket of sockets.values()) socket.refuse('serverStopping')
      wss.close()
    },
    count: () => sockets.size,
  }
}

type Target = { collab: true } | { document: string; ticket: string }

function targetOf(path: string): Target | undefined {
  const url = URL.parse(path, 'http://localhost')
  if (url?.pathname === '/collab') return { collab: true }
  const document = url && /^\/sync\/(.+)$/.exec(url.pathname)?.[1]
  if (!url || !document) return undefined
  try {
    return { document: decodeURIComponent(document), ticket: url.searchParams.get('ticket') ?? '' }
  } catch {
    return undefined
  }
}
