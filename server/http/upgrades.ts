import type { Server } from 'node:http'
import type { Collab } from '../collab/collab.ts'
import type { Events } from '../events/events.ts'
import { faultOf, type Logger } from '../log.ts'

type Dependencies = {
  collab: Pick<Collab, 'handleUpgrade'>
  events: Pick<Events, 'handleUpgrade'>
  log: Logger
}

/** Which socket goes where; each of the two guards itself. */
export function routeUpgrades(server: Server, { collab, events, log }: Dependencies) {
  server.on('upgrade', (req, socket, head) => {
    // Without a listener, a reset during the handshake would end the process.
    const ignore = () => socket.destroy()
    socket.on('error', ignore)
    const path = (req.url ?? '').split('?', 1)[0] ?? ''
    if (path === '/collab' || path.startsWith('/sync/')) {
      collab.handleUpgrade(req, socket, head)
    } else if (path === '/api/events') {
      events.handleUpgrade(req, socket, head).catch((error: unknown) => {
        log.error(faultOf(error), 'upgrade failed')
        socket.destroy()
      })
    } else {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
    }
  })
}
