import type { CaseId, ThreadId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { onLeaving } from '../api/session.ts'
import { knownThreads, putThread } from './queries.ts'

const GATHER = 400
const AGAIN = 5000
const MOST = 500

const waiting = new Map<CaseId, Map<ThreadId, number>>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Says that a thread was on the screen, with everything said in it up to a time (ms since epoch). Kept until the server has it. */
export function markRead(caseId: CaseId, thread: ThreadId, upTo: number): void {
  const known = knownThreads(caseId)?.find(({ id }) => id === thread)
  if (known) putThread(caseId, { ...known, unread: 0 })
  const ofCase = waiting.get(caseId) ?? new Map<ThreadId, number>()
  waiting.set(caseId, ofCase.set(thread, Math.max(upTo, ofCase.get(thread) ?? 0)))
  soon(GATHER)
}

function soon(pause: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void tell(), pause)
}

async function tell(): Promise<void> {
  for (const [id, ofCase] of waiting) {
    const threads = [...ofCase].slice(0, MOST).map(([thread, upTo]) => ({ thread, upTo }))
    const told = await call(endpoints.readThreads, { params: { id }, body: { threads } }).then(
      () => true,
      () => false,
    )
    if (!told) {
      // They are read all the same; the server hears it when there is a line.
      soon(AGAIN)
      return
    }
    for (const { thread, upTo } of threads) if (ofCase.get(thread) === upTo) ofCase.delete(thread)
    if (ofCase.size === 0) waiting.delete(id)
  }
  if (waiting.size > 0) soon(GATHER)
}

onLeaving(() => {
  clearTimeout(timer)
  waiting.clear()
})
