import type { ReactNode } from 'react'
import type { Doc } from 'yjs'
import { OutlineContext, useOutline } from './use-outline.ts'

/** Gives what is inside the goals, measures and decisions of a log to read. */
export function OutlineOf({ doc, children }: { doc: Doc; children: ReactNode }) {
  return <OutlineContext value={useOutline(doc)}>{children}</OutlineContext>
}
