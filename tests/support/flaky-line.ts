import { WebSocket, WebSocketServer } from 'ws'
import type { Random } from './random.ts'

/**
 * The line between one client and the server: it can be cut, go dead without telling either end, and be slow. What
 * comes down may come twice; what goes up does not, since no socket does that.
 */
export type FlakyLine = {
  readonly port: number
  /** Cuts every connection, as when the network goes. */
  cut(): void
  /** Nothing passes any more, in either direction, and nobody is told. */
  die(): void
  /** Every message waits up to so many ms from now on. */
  slow(ms: number): void
  close(): Promise<void>
}

const SYNC_STATUS = 8

/** `server` is asked at each connection: the server may have been restarted elsewhere. */
export async function openFlakyLine(server: () => number, random: Random): Promise<FlakyLine> {
  const wss = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise<void>((resolve) => wss.once('listening', resolve))
  const address = wss.address()
  const pairs = new Set<{ up: WebSocket; down: WebSocket; dead: boolean }>()
  let delay = 0

  wss.on('connection', (down, request) => {
    const up = new WebSocket(`ws://127.0.0.1:${server()}${request.url}`)
    const pair = { up, down, dead: false }
    pairs.add(pair)
    const early: Buffer[] = []
    // One after the other, whatever each has to wait: a socket keeps its order.
    let last: Promise<unknown> = Promise.resolve()
    let underWay = 0
    const pass = (to: WebSocket, data: Buffer, twice: boolean) => {
      const wait = delay > 0 ? random.below(delay) : 0
      const send = () => {
        if (pair.dead || to.readyState !== WebSocket.OPEN) return
        to.send(data)
        if (twice) to.send(data)
      }
      if (delay === 0 && underWay === 0) return send()
      underWay++
      last = last
        .then(() => new Promise((resolve) => setTimeout(resolve, wait)))
        .then(send)
        .finally(() => underWay--)
    }
    down.on('message', (data) => {
      if (!(data instanceof Buffer)) return
      if (up.readyState === WebSocket.OPEN) pass(up, data, false)
      else early.push(data)
    })
    up.on('open', () => {
      for (const data of early.splice(0)) pass(up, data, false)
    })
    up.on('message', (data) => {
      if (data instanceof Buffer) pass(down, data, random.chance(0.05) && !isAnswer(data))
    })
    const end = (other: WebSocket) => (code: number, reason: Buffer) => {
      pairs.delete(pair)
      if (pair.dead || other.readyState !== WebSocket.OPEN) return
      if (code >= 4000) other.close(code, reason.toString())
      else other.terminate()
    }
    down.on('close', end(up))
    up.on('close', end(down))
    down.on('error', () => {})
    up.on('error', () => down.terminate())
  })

  const cut = () => {
    for (const { up, down } of pairs) {
      up.terminate()
      down.terminate()
    }
    pairs.clear()
  }
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut,
    die() {
      for (const pair of pairs) pair.dead = true
    },
    slow(ms) {
      delay = ms
    },
    async close() {
      cut()
      await new Promise((resolve) => wss.close(resolve))
    },
  }
}

/** An acknowledgement stands for one message; everything else may come again. */
function isAnswer(frame: Buffer): boolean {
  const name = frame[0] ?? 0
  return frame[name + 1] === SYNC_STATUS
}
