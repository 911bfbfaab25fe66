import type { Kysely } from 'kysely'
import type * as Y from 'yjs'
import { ThreadId } from '../../shared/ids.ts'
import { Person } from '../../shared/people.ts'
import { createDebounce } from '../collab/debounce.ts'
import type { LiveLog } from '../collab/live-log.ts'
import type { ServerEdits } from '../collab/server-edits.ts'
import type { Database } from '../db/schema.ts'
import { Anchors, type Correction, type Described, type ThreadRow } from './anchors.ts'

type Parts = {
  log: LiveLog
  rows: Kysely<Database>
  edits: Pick<ServerEdits, 'writeAs'>
  tell: (thread: ThreadId) => void
  onFailure: (error: unknown) => void
}

export type AnchorKeeper = {
  /** There is a new thread in this log, begun on what its starter saw (undefined: on a block, or not borne out). */
  begin(thread: ThreadId, quote: string | undefined): void
}

/**
 * Keeps threads and text together while people write: each row says what its mark stands on now; a mark that was lost
 * is set again where the text stands; one that ran over text which was never spoken of is taken off it. Well after the
 * key was pressed, and by the one server that has the log open.
 */
export async function keepAnchors({ log, rows, edits, tell, onFailure }: Parts): Promise<AnchorKeeper> {
  const anchors = new Anchors()
  let threads = await load()
  let isStale = false
  let running = Promise.resolve()
  const soon = createDebounce(400, 1500, () => void look(true))

  log.document.on('afterTransaction', ({ changed }: Y.Transaction) => {
    if (changed.size > 0 && (threads.length > 0 || isStale)) soon()
  })
  log.onClose(() => {
    soon.cancel()
    return look(false)
  })
  if (threads.length > 0) soon()

  function load(): Promise<ThreadRow[]> {
    return rows
      .selectFrom('threads')
      .where('case_id', '=', log.caseId)
      .where('document', '=', log.name)
      .selectAll()
      .execute()
  }

  /** One look after the other. A log that closes has its rows put right, and its marks when it is opened again. */
  function look(correcting: boolean): Promise<void> {
    running = running.then(() => pass(correcting)).catch(onFailure)
    return running
  }

  async function pass(correcting: boolean) {
    if (isStale) {
      isStale = false
      threads = await load()
    }
    if (threads.length === 0) return
    const { described, corrections } = anchors.look(log.document, threads)
    for (const [thread, words] of described) await store(thread, words)
    if (!correcting) return
    for (const [starter, own] of Map.groupBy(corrections, ({ thread }) => thread.person))
      await correct(starter, own)
  }

  async function store(thread: ThreadRow, { block, quote, prefix, suffix, gone }: Described) {
    const next = { block, quote, prefix, suffix, gone: gone ? 1 : 0 }
    const isSame =
      thread.block === block &&
      thread.quote === quote &&
      thread.prefix === prefix &&
      thread.suffix === suffix &&
      thread.gone === next.gone
    if (isSame) return
    await rows.updateTable('threads').set(next).where('id', '=', thread.id).execute()
    Object.assign(thread, next)
    tell(ThreadId.parse(thread.id))
  }

  /** As the thread's starter, whose mark it is. */
  async function correct(starter: string, corrections: readonly Correction[]) {
    const row = await rows.selectFrom('people').where('id', '=', starter).selectAll().executeTakeFirst()
    if (!row) return
    const person = Person.parse(row)
    await edits.writeAs({ document: log.name, person, unloadsLater: true }, (doc) =>
      anchors.correct(doc, corrections),
    )
  }

  return {
    begin(thread, quote) {
      if (quote !== undefined) anchors.begin(thread, quote)
      isStale = true
      soon()
    },
  }
}
