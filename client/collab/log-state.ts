import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { Byline } from '../../shared/collab/protocol.ts'
import type { Store } from '../ui/store.ts'
import type { Verdict } from './verdict.ts'

/** How a log ended for good in this tab. */
export type Ending = {
  readonly verdict: Exclude<Verdict, 'again' | 'refused' | 'newClientId'>
  readonly at: number
}

export type LogState = {
  /** The text is here. Until then there is nothing to show but the layout. */
  readonly loaded: boolean
  /** The server takes changes from this connection. */
  readonly write: boolean
  readonly joined: boolean
  readonly ending: Ending | undefined
}

/** One open log: its document, in memory only, and the line to the server. */
export type LogConnection = {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly state: Store<LogState>
  readonly bylines: Store<ReadonlyMap<string, Byline>>
  /** Keys of lines that others changed while this browser was away. */
  readonly changedMeanwhile: Store<ReadonlySet<string>>
  tryNow(): void
  destroy(): void
}
