import { dayOf } from '../../server/municipality/day.ts'
import { type FieldValue, setBlockFields } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { BlockId, CaseId, PersonId } from '../../shared/ids.ts'
import type { WaitingItem } from '../../shared/waiting.ts'
import { caller } from './api.ts'
import { talkIn } from './said-rows.ts'
import { startApp } from './server.ts'

/** What the list answers. */
export type WaitingList = {
  items: WaitingItem[]
  putOff: number
  comments: { case: string; count: number }[]
}

/** A whole app in which nothing waits in log A yet, with what tests of what waits need. */
export async function startWaiting() {
  const app = await startApp()
  let waited = 0
  const now = () => Date.now() + waited

  const of = async (person: string): Promise<WaitingList> =>
    (await (await caller(app, person)).get<WaitingList>('/waiting')).body

  /** Changes blocks in the log itself, and its rows with it. */
  async function write(blocks: Record<string, Record<string, FieldValue>>) {
    const document = documentName(CaseId.parse('logg-a'), 'shared')
    const maren = await app.app.people.find(PersonId.parse('maren'))
    if (!maren) throw new Error('no Maren')
    await app.app.collab.writeAs({ document, person: maren }, (doc) => {
      for (const [id, fields] of Object.entries(blocks)) setBlockFields(doc, BlockId.parse(id), fields)
    })
    await app.app.collab.rebuildProjection('all', () => {})
  }

  // What the demo itself lets wait is left out, so that each test sees its own.
  await write({ 'a-tiltak-3': { due: null }, 'a-maal-1': { reviewDate: null } })
  for (const table of ['comments', 'threads', 'agenda_items', 'meetings'] as const)
    await app.storage.rows.deleteFrom(table).execute()

  return {
    app,
    rows: app.storage.rows,
    talk: talkIn(app, 'logg-a'),
    now,
    today: () => dayOf(now()),
    of,
    keysOf: async (person: string) => (await of(person)).items.map(({ key }) => key),
    write,
    /** Moves the server's clock on to a time. */
    waitUntil(at: number) {
      const ms = at - now()
      waited += ms
      app.wait(ms)
    },
  }
}
