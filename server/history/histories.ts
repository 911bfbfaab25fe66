import type { DocumentName } from '../../shared/collab/protocol.ts'
import type { Seq } from '../../shared/history.ts'
import type { CharacterRange } from '../../shared/history-routes.ts'
import type { UpdateStore } from '../db/update-store.ts'
import type { Changes, Moment, Page, Restoring } from './log-history.ts'
import { historyThread } from './thread.ts'
import type { Questions } from './thread-messages.ts'

export type { Changes } from './log-history.ts'

/** The past of every log, read from its updates. Always up to date with what is on disk when it is asked. */
export type Histories = {
  page(document: DocumentName, ask: Questions['page']['ask']): Promise<Page>
  /** The log as it stood at a moment, with what came and went since an earlier one. */
  moment(document: DocumentName, seq: Seq, since?: Seq): Promise<Moment>
  /** Changes after one moment and up to another (or now), in the order of the text. */
  changes(document: DocumentName, after: Seq, upto?: Seq): Promise<Changes>
  /** How to bring the log, or a block, back to a moment; or (`undo`) to be rid of one update. */
  restorePlan(document: DocumentName, ask: Questions['plan']['ask']): Promise<Restoring>
  who(document: DocumentName, ranges: readonly CharacterRange[]): Promise<Questions['who']['answer']>
  ask<Q extends keyof Questions>(
    document: DocumentName,
    question: Q,
    about: Questions[Q]['ask'],
  ): Promise<Questions[Q]['answer']>
  close(): Promise<void>
}

/**
 * So many updates are read, handed over and applied at a time: the event loop sees each page for a moment only, and
 * whoever opens a log reads from the database in between.
 */
const PAGE = 4000
const ATTEMPTS = 5

export function createHistories(updates: Pick<UpdateStore, 'page'>): Histories {
  const thread = historyThread()
  const bringing = new Map<DocumentName, { now: Promise<void>; next: Promise<void> | undefined }>()

  /**
   * Brings what the thread holds up to what is on disk by now. However many ask at a time, a log is read once: whoever
   * comes while it is read waits for the next reading, which begins after and so has seen what they know of.
   */
  function bringUp(document: DocumentName): Promise<void> {
    const known = bringing.get(document)
    if (known) {
      known.next ??= known.now.then(
        () => bringUp(document),
        () => bringUp(document),
      )
      return known.next
    }
    const now = bring(document).finally(() => bringing.delete(document))
    bringing.set(document, { now, next: undefined })
    return now
  }

  /** Brings what the thread holds up to what is on disk; the next page is read while one is applied. */
  async function bring(document: DocumentName) {
    let seq = (await thread.call(document, 'held', null))?.seq ?? 0
    let next = updates.page(document, seq, PAGE)
    while (true) {
      const page = await next
      const last = page.seqs.at(-1)
      if (last === undefined) return
      const full = page.seqs.length === PAGE
      if (full) next = updates.page(document, last, PAGE)
      const { seqs, ats, writer, ends, bytes } = page
      const parts = [seqs, ats, writer, ends, bytes].map(({ buffer }) => buffer)
      const ask = { after: seq, updates: page }
      const answer = await thread.call(document, 'extend', ask, parts)
      seq = answer?.seq ?? 0
      if (seq === last) {
        if (!full) return
        continue
      }
      // It was let go meanwhile: on from where it is.
      await next
      next = updates.page(document, seq, PAGE)
    }
  }

  async function ask<Q extends keyof Questions>(
    document: DocumentName,
    question: Q,
    about: Questions[Q]['ask'],
  ): Promise<Questions[Q]['answer']> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await bringUp(document)
      const answer = await thread.call(document, question, about)
      if (answer !== undefined) return answer
    }
    throw new Error('the history was let go again and again')
  }

  return {
    page: (document, about) => ask(document, 'page', about),
    moment: (document, seq, since) => ask(document, 'moment', { seq, since }),
    changes: (document, after, upto) => ask(document, 'changes', { after, upto }),
    restorePlan: (document, about) => ask(document, 'plan', about),
    who: (document, ranges) => ask(document, 'who', { ranges }),
    ask,
    close: () => thread.close(),
  }
}
