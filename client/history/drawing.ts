import { createContext, useContext } from 'react'
import type { HistoryNode, HistoryWriter } from '../../shared/history.ts'
import type { Saying } from './sentences.ts'

/** What drawing a moment needs beside its blocks. */
export type Drawing = {
  readonly writers: readonly HistoryWriter[]
  readonly saying: Saying
  /** Asks to bring a block back; undefined for who may only read. */
  readonly restore: ((node: HistoryNode, button: HTMLElement) => void) | undefined
}
export const DrawingContext = createContext<Drawing | undefined>(undefined)

export function useDrawing(): Drawing {
  const drawing = useContext(DrawingContext)
  if (!drawing) throw new Error('a moment is drawn within MomentBlocks')
  return drawing
}
