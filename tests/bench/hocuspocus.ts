import { join } from 'node:path'
import * as Y from 'yjs'
import { hocuspocusLine } from './lines.ts'
import { joinHocuspocus } from './providers.ts'
import { freePort, startServer } from './server-process.ts'
import type { Running, System } from './system.ts'

const folder = join(import.meta.dirname, 'competitors')
const common = { holdsLogs: true, acknowledges: true }

/** Plain Hocuspocus without an extension: everything is in its memory, and gone with it. */
export const hocuspocusInMemory: System = {
  ...common,
  name: 'Hocuspocus in memory',
  note: 'its “saved” is in memory; never on disk',
  keepsLogs: false,
  start: () => start({}),
}

/** Plain Hocuspocus with its SQLite extension: "saved" means in the server's memory. */
export const hocuspocusSqlite: System = {
  ...common,
  name: 'Hocuspocus + SQLite',
  note: 'its “saved” is in memory; on disk seconds later',
  keepsLogs: true,
  start: (data) => start({ DATABASE: join(data, 'hocuspocus.sqlite') }),
}

async function start(settings: Record<string, string>): Promise<Running> {
  const port = await freePort()
  const env = { PORT: String(port), ...settings }
  const server = await startServer('hocuspocus.mjs', folder, env, `http://127.0.0.1:${port}/`)
  const url = `ws://127.0.0.1:${port}`
  let logs = 0
  return {
    ...server,
    createLog: async () => `case/bench-${++logs}/shared`,
    join: (log, _person, doc = new Y.Doc()) => joinHocuspocus(url, log, doc, 'anybody', {}),
    line: (log) => hocuspocusLine(url, log, 'anybody', {}),
  }
}
