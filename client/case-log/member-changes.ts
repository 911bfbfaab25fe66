import { useState } from 'react'
import type { CaseId, PersonId } from '../../shared/ids.ts'
import type { GivenRole } from '../../shared/roles.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, queryClient } from '../api/queries.ts'
import { announce } from '../ui/announce.ts'

/** Changes of who takes part. Each says whether it went through; `failed` is the reason when not. */
export function useMemberChanges(id: CaseId) {
  const [failed, setFailed] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  async function run(change: Promise<unknown>, done: string): Promise<boolean> {
    setBusy(true)
    setFailed(undefined)
    try {
      await change
      announce(done)
      return true
    } catch (error) {
      setFailed(error)
      return false
    } finally {
      setBusy(false)
      void queryClient.invalidateQueries({ queryKey: keys.caseDetail(id) })
    }
  }

  return {
    failed,
    busy,
    setRole: (person: PersonId, role: GivenRole, done: string) =>
      run(call(endpoints.setMember, { params: { id, person }, body: { role } }), done),
    remove: (person: PersonId, done: string) =>
      run(call(endpoints.removeMember, { params: { id, person } }), done),
  }
}
