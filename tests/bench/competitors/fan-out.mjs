import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

// The floor: what one says goes to everybody else at the same address. Nothing is read, held or kept.
const rooms = new Map()
const http = createServer((_request, response) => response.end('ok'))
const server = new WebSocketServer({ server: http })
server.on('connection', (socket, { url }) => {
  const room = rooms.get(url) ?? new Set()
  rooms.set(url, room.add(socket))
  socket.on('message', (data) => {
    for (const other of room) if (other !== socket) other.send(data)
  })
  socket.on('close', () => {
    room.delete(socket)
    if (room.size === 0) rooms.delete(url)
  })
})
http.listen(Number(process.env.PORT), '127.0.0.1')
