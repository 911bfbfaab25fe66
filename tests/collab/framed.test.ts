import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { framed, MOST_FRAMED } from '../../server/collab/framed.ts'

/** A real client reads what is written to its socket past the library. */
const server = createServer()
const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false })
let client: WebSocket
let write: (bytes: Uint8Array) => void
let other: WebSocket
beforeAll(async () => {
  const joined = Promise.withResolvers<void>()
  server.on('upgrade', (req, socket, head) =>
    wss.handleUpgrade(req, socket, head, (ws) => {
      other = ws
      write = (bytes) => socket.write(bytes)
      joined.resolve()
    }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  client = new WebSocket(`ws://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`)
  await joined.promise
  await once(client, 'open')
})
afterAll(() => {
  client.terminate()
  server.close()
})

const messageOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7 + length) % 256)
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('every length arrives whole and as binary, between what the library sends itself', async () => {
  const lengths = [0, 1, 125, 126, 127, 255, 256, 30_000, MOST_FRAMED]
  const heard: [string, boolean][] = []
  client.on('message', (data, isBinary) => {
    if (data instanceof Buffer) heard.push([digest(data), isBinary])
  })
  for (const length of lengths) {
    write(framed(messageOf(length)))
    other.send(messageOf(length))
  }
  other.close(4400, 'end')
  const [code] = await once(client, 'close')
  expect(code).toBe(4400)
  const expected = lengths.flatMap((length) => {
    const one = [digest(messageOf(length)), true]
    return [one, one]
  })
  expect(heard).toEqual(expected)
})

test('one message for many is one frame, and the next message another', () => {
  const message = messageOf(10)
  expect(framed(message)).toBe(framed(message))
  const next = messageOf(11)
  expect(framed(next)).not.toBe(framed(message))
  expect([...framed(next)].slice(2)).toEqual([...next])
})
