import { useEffect, useState } from 'react'
import type { Doc } from 'yjs'
import { type CaseLog, outline } from '../../shared/case-log/outline.ts'

/** What the wall reads of a log. */
export type WallLog = Pick<CaseLog, 'goals' | 'looseMeasures' | 'concerns' | 'decisions'>

const read = (doc: Doc): WallLog => {
  const { goals, looseMeasures, concerns, decisions } = outline(doc)
  return { goals, looseMeasures, concerns, decisions }
}

/**
 * Goals, measures and decisions of an open log, live. Read at most once a frame, and a new value only when something
 * of it changed, so that writing in the minutes draws nothing else.
 */
export function useOutline(doc: Doc): WallLog {
  const [log, setLog] = useState(() => read(doc))
  useEffect(() => {
    let frame = 0
    let said = ''
    const look = (): void => {
      frame = 0
      const next = read(doc)
      const says = JSON.stringify(next)
      if (says === said) return
      said = says
      setLog(next)
    }
    const soon = (): void => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    doc.on('update', soon)
    return () => {
      doc.off('update', soon)
      cancelAnimationFrame(frame)
    }
  }, [doc])
  return log
}
