import { connect, createServer, type Socket } from 'node:net'

/**
 * A PostgreSQL behind a line that can fail in the worst moment: the next COMMIT of an update arrives, is carried
 * out, and its answer never comes back.
 */
export async function muteCommits(database: URL) {
  const sockets = new Set<Socket>()
  let muting = false
  const server = createServer((client) => {
    const upstream = connect(Number(database.port), database.hostname)
    let muted = false
    sockets.add(client).add(upstream)
    client.on('data', (data) => {
      if (muting && data.includes('COMMIT')) {
        muting = false
        muted = true
      }
      upstream.write(data)
    })
    upstream.on('data', (data) => {
      if (muted) client.destroy()
      else client.write(data)
    })
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => {})
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = new URL(database)
  url.port = String(typeof address === 'object' && address ? address.port : 0)
  return {
    url: url.href,
    mute() {
      muting = true
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
