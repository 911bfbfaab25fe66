import { replaceEqualDeep } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState } from 'react'
import type { Doc } from 'yjs'
import { type BlockOutline, blockOutline } from '../../shared/case-log/outline.ts'

/** A context of its own: what does not read the log is not drawn again when somebody changes it. */
export const OutlineContext = createContext<BlockOutline | undefined>(undefined)

/** The log on the wall, as values. What of it did not change is the same object as before. */
export function useOutlineOnWall(): BlockOutline {
  const log = useContext(OutlineContext)
  if (log === undefined) throw new Error('not on the wall')
  return log
}

/** Changes that come closer together than this (ms) are read together. */
const PACE = 16

/** Goals, measures and decisions of an open log, live. Writing in the minutes draws nothing else. */
export function useOutline(doc: Doc): BlockOutline {
  const [log, setLog] = useState(() => blockOutline(doc))
  useEffect(() => {
    // A timer: a frame that was asked for is drawn, whether anything changed or not.
    let timer: ReturnType<typeof setTimeout> | undefined
    let changed = true
    let shown: BlockOutline | undefined
    const look = (): void => {
      timer = undefined
      if (!changed) return
      changed = false
      shown = replaceEqualDeep(shown, blockOutline(doc))
      setLog(shown)
      timer = setTimeout(look, PACE)
    }
    const hear = (): void => {
      changed = true
      if (timer === undefined) look()
    }
    look()
    doc.on('update', hear)
    return () => {
      doc.off('update', hear)
      clearTimeout(timer)
    }
  }, [doc])
  return log
}
