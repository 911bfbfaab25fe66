import type * as Y from 'yjs'
import type { BlockJson } from '../../shared/blocks/json.ts'
import { appendBlocks } from '../../shared/case-log/document.ts'
import type { CaseSummary } from '../../shared/cases.ts'
import { BlockId, type CaseId, PersonId, ServiceId } from '../../shared/ids.ts'
import type { CaseRole } from '../../shared/roles.ts'

/** Somebody writes something, at a time: one update of the log. */
export type Step = { by: string; at: string; write: (doc: Y.Doc) => void }

/** A log of the demo: who takes part and what was written, in order. */
export type DemoLog = Pick<CaseSummary, 'subject' | 'level'> & {
  id: CaseId
  coordinator: string
  /** Everybody but the coordinator. */
  members: Readonly<Record<string, CaseRole>>
  steps: readonly Step[]
}

/** Written at the end of the log. */
export const wrote = (by: string, at: string, ...blocks: BlockJson[]): Step => ({
  by,
  at,
  write: (doc) => appendBlocks(doc, blocks),
})

/** Written at the end of a block, such as a measure in a goal. */
export const wroteIn = (block: BlockId, by: string, at: string, ...blocks: BlockJson[]): Step => ({
  by,
  at,
  write: (doc) => appendBlocks(doc, blocks, block),
})

export const person = (id: string): PersonId => PersonId.parse(id)
export const service = (id: string): ServiceId => ServiceId.parse(id)
export const block = (id: string): BlockId => BlockId.parse(id)
/** A block's `at`: an instant in UTC. */
export const instant = (at: string): string => new Date(at).toISOString()
