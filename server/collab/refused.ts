import type { AppError } from '../../shared/errors.ts'
import { faultOf } from '../log.ts'
import type { CollabDependencies } from './dependencies.ts'
import type { CollabContext } from './visit.ts'

/** Ends a connection that sent what may not come in. Who it was and why stands in the program's log and in the audit. */
export function createRefused(
  { storage, log, clock }: CollabDependencies,
  count: () => void,
): (error: AppError, context: CollabContext) => void {
  return (error, { socket, visit }) => {
    if (socket?.refused) return
    count()
    const { code, reason } = error
    log.info({ code, reason, person: visit?.person.id, document: visit?.document }, 'refused')
    socket?.refuse(code)
    if (!visit) return
    const { id: person, service } = visit.person
    const detail = { kind: 'refused', document: visit.document, code, reason: reason ?? null }
    const entry = { person, service, action: 'refused', caseId: visit.caseId, detail } as const
    storage
      .record([entry], clock())
      .catch((fault) => log.error({ code, ...faultOf(fault) }, 'a refusal could not be recorded'))
  }
}
