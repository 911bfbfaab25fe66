import { useEffect, useEffectEvent } from 'react'
import { addLine } from './log-changes.ts'
import { useLogOnWall } from './wall-context.ts'

/** A line that was shared before the text of the log was here: it goes into the minutes as soon as they are there. */
export function useHeldLine(line: string | undefined, onShared: () => void): void {
  const { editor, minutes, writes } = useLogOnWall()
  const shared = useEffectEvent(onShared)
  useEffect(() => {
    if (line === undefined || !editor || !writes) return
    let waits = false
    let done = false
    const put = (): void => {
      waits = false
      if (done) return
      // Writing it is a transaction, too.
      done = true
      if (addLine(editor, minutes, line)) shared()
      else done = false
    }
    // After what brought the minutes has been taken in: the binding does not hear an edit in the midst of that.
    const soon = (): void => {
      if (!waits) queueMicrotask(put)
      waits = true
    }
    soon()
    editor.on('transaction', soon)
    return () => {
      done = true
      editor.off('transaction', soon)
    }
  }, [line, editor, minutes, writes])
}
