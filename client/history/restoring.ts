import { useRef, useState } from 'react'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import type { Seq } from '../../shared/history.ts'
import type { BlockId, CaseId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { refreshSessions } from './queries.ts'

/** What somebody is about to bring back: a block, or (without one) the whole log, as it was at a moment. */
export type Wish = { seq: Seq; block: string | undefined }

export type Restoring =
  | { state: 'idle' }
  | { state: 'working' }
  | { state: 'done'; seq: Seq }
  | { state: 'same' }
  | { state: 'undone' }
  | { state: 'failed'; again: () => void }

/** Brings back, and undoes it with one press. A request that got lost is sent again as the same one. */
export function useRestore(caseId: CaseId) {
  const [restoring, setRestoring] = useState<Restoring>({ state: 'idle' })
  const sent = useRef<{ about: string; id: BlockId }>(undefined)

  async function send(seq: Seq, undo: boolean, block?: string): Promise<void> {
    const about = `${seq} ${undo} ${block}`
    if (sent.current?.about !== about) sent.current = { about, id: newBlockId() }
    setRestoring({ state: 'working' })
    try {
      const body = { id: sent.current.id, seq, undo, ...(block === undefined ? {} : { block }) }
      const answer = await call(endpoints.restoreHistory, { params: { id: caseId }, body })
      sent.current = undefined
      if (undo) setRestoring({ state: 'undone' })
      else setRestoring(answer.seq === null ? { state: 'same' } : { state: 'done', seq: answer.seq })
      await refreshSessions(caseId)
    } catch {
      setRestoring({ state: 'failed', again: () => void send(seq, undo, block) })
    }
  }

  return {
    restoring,
    restore: ({ seq, block }: Wish) => void send(seq, false, block),
    undo: (seq: Seq) => void send(seq, true),
    forget: () => setRestoring({ state: 'idle' }),
  }
}
