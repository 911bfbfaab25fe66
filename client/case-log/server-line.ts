import { useCallback, useEffect, useRef, useState } from 'react'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import type { NewLine } from '../../shared/cases.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'

type Sent = Omit<NewLine, 'id'>
type Waiting = { line: NewLine; retryAt: number | undefined; error: Error | undefined }

export type ServerLine = {
  /** The line under way, until the server has written it. */
  readonly waiting: Waiting | undefined
  send(line: Sent, onShared: () => void): void
  tryNow(): void
  /** Takes a refused line back, to be changed. */
  takeBack(): void
}

const pauses = [1000, 2000, 4000, 8000]
const refused = (error: unknown): boolean =>
  error instanceof AppError && error.status < 500 && error.code !== 'tooMany'

/**
 * Has the server write a line for somebody with a read-only connection. The text stays until the server has
 * it, and the same id goes along with every attempt, so that a line never stands there twice.
 */
export function useServerLine(caseId: CaseId): ServerLine {
  const [waiting, setWaiting] = useState<Waiting>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const attempt = useRef<(() => void) | undefined>(undefined)

  useEffect(() => {
    const online = (): void => attempt.current?.()
    addEventListener('online', online)
    return () => {
      removeEventListener('online', online)
      clearTimeout(timer.current)
    }
  }, [])

  const send = useCallback(
    (sent: Sent, onShared: () => void) => {
      const line: NewLine = { ...sent, id: newBlockId() }
      let count = 0
      let busy = false
      const go = async (): Promise<void> => {
        if (busy) return
        busy = true
        clearTimeout(timer.current)
        setWaiting({ line, retryAt: undefined, error: undefined })
        const failed = await call(endpoints.addLine, { params: { id: caseId }, body: line }).then(
          () => undefined,
          (error: Error) => error,
        )
        busy = false
        if (failed === undefined) {
          attempt.current = undefined
          setWaiting(undefined)
          onShared()
        } else if (refused(failed)) {
          attempt.current = undefined
          setWaiting({ line, retryAt: undefined, error: failed })
        } else {
          const pause = pauses[Math.min(count, pauses.length - 1)] ?? 8000
          count += 1
          setWaiting({ line, retryAt: Date.now() + pause, error: failed })
          timer.current = setTimeout(() => void go(), pause)
        }
      }
      attempt.current = () => void go()
      void go()
    },
    [caseId],
  )

  const takeBack = useCallback(() => {
    clearTimeout(timer.current)
    attempt.current = undefined
    setWaiting(undefined)
  }, [])

  return { waiting, send, tryNow: () => attempt.current?.(), takeBack }
}
