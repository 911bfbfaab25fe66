import type { Seq } from '../../shared/history.ts'
import type { CharacterRange } from '../../shared/history-routes.ts'
import type { Writer } from '../case-log/authorship.ts'
import type { PackedUpdates } from '../db/thread-messages.ts'
import type { NewsQuestions } from '../news/log-news.ts'
import type { Changes, Moment, Page, Restoring } from './log-history.ts'
import type { WhoRun } from './who.ts'

/** What can be asked of a history that the thread holds whole. */
export type Questions = NewsQuestions & {
  page: {
    ask: { before: Seq | undefined; most: number; restores: readonly Seq[]; zone: string }
    answer: Page
  }
  moment: { ask: { seq: Seq; since: Seq | undefined }; answer: Moment }
  changes: { ask: { after: Seq; upto: Seq | undefined }; answer: Changes }
  plan: { ask: { seq: Seq; undo: boolean; block: string | undefined }; answer: Restoring }
  who: { ask: { ranges: readonly CharacterRange[] }; answer: { writers: Writer[]; runs: WhoRun[] } }
}

/** Everything the history thread can be asked. */
export type Operations = Questions & {
  /** How far it holds a log's history; 0 when it does not. */
  held: { ask: null; answer: { seq: Seq } }
  /** Adds updates to what it holds up to `after`; from anywhere else they are left out. */
  extend: { ask: { after: Seq; updates: PackedUpdates }; answer: { seq: Seq } }
}

export type Operation = keyof Operations
export type Ask = {
  [O in Operation]: { id: number; document: string; op: O; ask: Operations[O]['ask'] }
}[Operation]
export type Answer =
  | { id: number; answer: unknown }
  /** It was let go in between: it has to be brought again. */
  | { id: number; missing: true }
  | { id: number; fault: string }
