import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import * as Y from 'yjs'
import { plainLine } from './lines.ts'
import { joinYWebsocket } from './providers.ts'
import { freePort, startServer, untilIdle } from './server-process.ts'
import type { System } from './system.ts'

const folder = join(import.meta.dirname, 'competitors')
const script = 'node_modules/@y/websocket-server/src/server.js'

/** Whether y-leveldb's native part loads on the Node that we run on; without it the server does not start either. */
const hasLevel = spawnSync(process.execPath, ['level.mjs'], { cwd: folder }).status === 0
const withoutLevel = `y-leveldb does not load on Node ${process.version}, and without it this server does not start`

/** The reference server of Yjs with its LevelDB persistence, where that works: it never says that anything is saved. */
export const yWebsocket: System = {
  name: '@y/websocket-server',
  note: hasLevel ? 'never acknowledges; y-leveldb without sync' : `not measured: ${withoutLevel}`,
  holdsLogs: true,
  keepsLogs: true,
  acknowledges: false,
  async start(data) {
    if (!hasLevel) throw new Error(withoutLevel)
    const port = await freePort()
    const env = { HOST: '127.0.0.1', PORT: String(port), YPERSISTENCE: join(data, 'leveldb') }
    const server = await startServer(script, folder, env, `http://127.0.0.1:${port}/`)
    const url = `ws://127.0.0.1:${port}`
    let logs = 0
    return {
      ...server,
      createLog: async () => `case/bench-${++logs}/shared`,
      join: (log, _person, doc = new Y.Doc()) => joinYWebsocket(url, log, doc),
      line: (log) => plainLine(url, log),
      stop: async () => {
        // It has no orderly end: what still waits for LevelDB would be lost.
        await untilIdle(server.pid)
        await server.stop()
      },
    }
  },
}
