import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, queryClient } from '../api/queries.ts'
import { announce } from '../ui/announce.ts'

/** The baton of a log: what is offered or was decided last, and for its holder who may receive it. */
export const useHandover = (id: CaseId) =>
  useQuery({
    queryKey: keys.handover(id),
    queryFn: ({ signal }) => call(endpoints.handover, { params: { id }, signal }),
  })

/** Steps of a handover, one at a time; each says whether it went through, `failed` is the reason when not. */
export function useHandoverSteps(id: CaseId) {
  const [failed, setFailed] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  async function run(step: () => Promise<unknown>, done: string): Promise<boolean> {
    if (busy) return false
    setBusy(true)
    setFailed(undefined)
    try {
      await step()
      announce(done)
      return true
    } catch (error) {
      setFailed(error)
      return false
    } finally {
      setBusy(false)
      void queryClient.invalidateQueries({ queryKey: keys.caseDetail(id) })
      void queryClient.invalidateQueries({ queryKey: keys.waiting })
      void queryClient.invalidateQueries({ queryKey: keys.cases })
    }
  }
  return { run, failed, busy }
}
