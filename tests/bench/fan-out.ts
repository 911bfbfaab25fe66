import { join } from 'node:path'
import * as Y from 'yjs'
import { bareLine } from './lines.ts'
import { joinFanOut } from './providers.ts'
import { freePort, startServer } from './server-process.ts'
import type { System } from './system.ts'

const folder = join(import.meta.dirname, 'competitors')

/** The floor: what any server on `ws` pays for passing on what one says to everybody else. */
export const fanOut: System = {
  name: 'bare ws',
  note: 'the floor: passes bytes on; reads, holds and keeps nothing',
  holdsLogs: false,
  keepsLogs: false,
  acknowledges: false,
  async start() {
    const port = await freePort()
    const env = { PORT: String(port) }
    const server = await startServer('fan-out.mjs', folder, env, `http://127.0.0.1:${port}/`)
    const url = `ws://127.0.0.1:${port}`
    let logs = 0
    return {
      ...server,
      createLog: async () => `log-${++logs}`,
      join: (log, _person, doc = new Y.Doc()) => joinFanOut(url, log, doc),
      line: (log) => bareLine(url, log),
    }
  },
}
