import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Makes the database of a stopped server forget the end of a log, as one restored from a backup has. */
export function loseUpdates(dataDir: string, document: string, after: number): void {
  const db = new DatabaseSync(join(dataDir, 'stafett.db'))
  try {
    db.prepare('DELETE FROM updates WHERE document = ? AND seq > ?').run(document, after)
    db.prepare('DELETE FROM checkpoints WHERE document = ? AND seq > ?').run(document, after)
  } finally {
    db.close()
  }
}
