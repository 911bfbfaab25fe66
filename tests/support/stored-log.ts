import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import * as Y from 'yjs'
import { logFragment } from '../../shared/case-log/document.ts'
import { databaseUrlFor } from './database.ts'

/** One look at a stored database, past everything that the server does with it. */
export function look<T>(dataDir: string, read: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(dataDir, 'stafett.db'))
  try {
    return read(db)
  } finally {
    db.close()
  }
}

/** The text of a log as a new server would read it: from the disk alone, every update from the first one on. */
export async function replayed(dataDir: string, document: string): Promise<string> {
  const url = await databaseUrlFor(dataDir)
  const updates = url
    ? await inPostgres(url, document)
    : look(dataDir, (db) =>
        db.prepare('SELECT data FROM updates WHERE document = ? ORDER BY seq').all(document),
      )
  const doc = new Y.Doc()
  logFragment(doc)
  doc.transact(() => {
    for (const { data } of updates) if (data instanceof Uint8Array) Y.applyUpdate(doc, data)
  })
  if (doc.store.pendingStructs) throw new Error(`${document} has updates that build on nothing`)
  return logFragment(doc).toString()
}

async function inPostgres(url: string, document: string): Promise<{ data: unknown }[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const query = 'SELECT data FROM updates WHERE document = $1 ORDER BY seq'
    return (await client.query<{ data: unknown }>(query, [document])).rows
  } finally {
    await client.end()
  }
}
