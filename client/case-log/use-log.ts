import { useEffect, useState } from 'react'
import { documentName } from '../../shared/collab/protocol.ts'
import type { CaseId } from '../../shared/ids.ts'
import { onLeaving } from '../api/session.ts'
import { type LogConnection, openLog } from '../collab/connection.ts'

/**
 * Opens the log's document for as long as the page shows it, at the same time as its facts are fetched; leaving,
 * signing out and learning that it is not ours destroy it. When the server has lost what this browser has, it keeps
 * that, and the log is opened again.
 */
export function useLog(
  id: CaseId,
  ours: boolean,
): { log: LogConnection | undefined; afresh: boolean; seen: () => void } {
  const [log, setLog] = useState<LogConnection>()
  const [round, setRound] = useState(0)
  const [seen, setSeen] = useState(0)
  useEffect(() => {
    if (!ours) return
    const opened = openLog(documentName(id, 'shared'))
    const forget = onLeaving(opened.destroy)
    const stop = opened.state.subscribe(() => {
      if (opened.state.get().ending?.verdict === 'afresh') setRound(round + 1)
    })
    setLog(opened)
    return () => {
      stop()
      forget()
      opened.destroy()
    }
  }, [id, ours, round])
  return { log, afresh: round > seen, seen: () => setSeen(round) }
}
