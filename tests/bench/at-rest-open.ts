import { pino } from 'pino'
import * as Y from 'yjs'
import { applyLog } from '../../server/case-log/load-log.ts'
import { openDatabase } from '../../server/db/open.ts'
import { DocumentName } from '../../shared/collab/protocol.ts'

// Opens one log in a process of its own and prints, as JSON, what that cost: FOLDER DOCUMENT checkpoint|alone.
const [dataDir = '', name, from] = process.argv.slice(2)
const databaseUrl = process.env['DATABASE_URL'] ?? ''
const storage = await openDatabase({ dataDir, databaseUrl, log: pino({ level: 'silent' }) })
const held = () => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
const before = held()
const began = performance.now()
const stored = await storage.updates.load(DocumentName.parse(name), from === 'alone' ? 0 : undefined)
const doc = new Y.Doc()
const { authorship } = applyLog(doc, stored, (seq) => {
  throw new Error(`update ${seq} is broken`)
})
const milliseconds = performance.now() - began
const bytes = held() - before
console.log(JSON.stringify({ milliseconds, bytes, writers: authorship.latest().length }))
await storage.close()
