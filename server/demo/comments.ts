import type { Kysely } from 'kysely'
import type * as Y from 'yjs'
import { documentName } from '../../shared/collab/protocol.ts'
import type { NewAnchor } from '../../shared/comments.ts'
import { type CaseId, CommentId, ThreadId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Collab } from '../collab/collab.ts'
import { createCommenting } from '../comments/commenting.ts'
import { LogText } from '../comments/log-text.ts'
import type { Database } from '../db/schema.ts'

type Dependencies = {
  rows: Kysely<Database>
  collab: Pick<Collab, 'writeAs' | 'read' | 'keepAnchors'>
  personOf: (id: string) => Person
  /** When something was said, in ms; never ahead of the clock. */
  time: (at: string) => number
}

type Said = { by: string; at: string; text: string }
type DemoThread = { id: string; log: string; on: string; said: readonly [Said, ...Said[]] }

/** What the people of Fjordvik say beside the text. */
const threads: readonly DemoThread[] = [
  {
    id: 'a-traad-1',
    log: 'logg-a',
    on: 'ukentlig samtale',
    said: [
      { by: 'silje', at: '2026-11-18T13:30+01:00', text: 'Jeg tror det er uro, ikke skolevegring.' },
      { by: 'maren', at: '2026-11-18T14:55+01:00', text: 'Uenig, vi ser det bare før gym. Tas i møtet.' },
    ],
  },
  {
    id: 'b-traad-1',
    log: 'logg-b',
    on: 'høytlesning på polsk',
    said: [
      { by: 'marek', at: '2026-11-17T19:35+01:00', text: 'Hun synger nå hjemme.' },
      { by: 'ida', at: '2026-11-18T07:55+01:00', text: 'Lysglimt!' },
    ],
  },
  {
    id: 'c-traad-1',
    log: 'logg-c',
    on: 'fall: høy',
    said: [
      {
        by: 'sindre',
        at: '2026-11-20T02:45+01:00',
        text: 'Oppe to ganger, ustø. Flyttet til dagvakt 08.00.',
      },
      { by: 'nora', at: '2026-11-20T08:10+01:00', text: 'Sett. Nattlys bestilt.' },
    ],
  },
]

/** Has a log's people comment in it; what a start that was cut short has written already stays as it is. */
export async function seedComments(
  { rows, collab, personOf, time }: Dependencies,
  caseId: CaseId,
): Promise<void> {
  const document = documentName(caseId, 'shared')
  for (const { id, log, on, said } of threads) {
    if (log !== caseId) continue
    const thread = ThreadId.parse(id)
    for (const [index, { by, at, text }] of said.entries()) {
      const commenting = createCommenting({ rows, collab, clock: () => time(at) })
      const comment = { id: CommentId.parse(`${id}-${index + 1}`), text, mentions: [] }
      if (index > 0) await commenting.reply(personOf(by), { caseId, thread }, comment)
      else {
        const anchor = await collab.read(document, (doc) => anchorOn(doc, on))
        await commenting.start(personOf(by), caseId, { id: thread, anchor, comment })
      }
    }
  }
}

function anchorOn(doc: Y.Doc, quote: string): NewAnchor {
  const text = new LogText(doc)
  const from = text.words.indexOf(quote)
  if (from < 0) throw new Error(`«${quote}» does not stand in the demo`)
  const span = { from, to: from + quote.length }
  const { prefix, suffix } = text.wordsOf([span])
  return { kind: 'text', ranges: text.idsOf([span]), quote, prefix, suffix }
}
