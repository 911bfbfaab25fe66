import { AppError } from '../../shared/errors.ts'
import type { CaseId, PersonId } from '../../shared/ids.ts'
import { can } from '../../shared/roles.ts'
import { faultOf } from '../log.ts'
import type { CollabDependencies } from './dependencies.ts'
import type { LiveLog } from './live-log.ts'
import type { CollabSocket } from './socket.ts'
import { tell, type Visit } from './visit.ts'

export type Visits = {
  add(visit: Visit): void
  remove(visit: Visit): void
  /** Tells a visitor whether what they write is taken now, and if not, why. */
  tellAccess(visit: Visit, stalled: boolean): void
  tellAllAccess(log: LiveLog): void
  closeSession(session: string): void
  of(socket: CollabSocket): Visit | undefined
  /** Who is in a log now. */
  inCase(caseId: CaseId): Set<PersonId>
  /** Hears of everybody who comes into a log. */
  onArrival(listener: (caseId: CaseId, person: PersonId) => void): void
  count(): number
}

/** Everybody who is connected. Changes of access reach them at once: read-only in place, lost access by closing. */
export function createVisits(
  { access, log }: CollabDependencies,
  isStalled: (visit: Visit) => boolean,
): Visits {
  const visits = new Set<Visit>()
  const arrivals: ((caseId: CaseId, person: PersonId) => void)[] = []

  function tellAccess(visit: Visit, stalled: boolean) {
    if (!visit.mayWrite) tell(visit, { type: 'access', write: false, reason: 'role' })
    else if (stalled) tell(visit, { type: 'access', write: false, reason: 'notStored' })
    else tell(visit, { type: 'access', write: true })
  }

  async function recheck(visit: Visit) {
    try {
      const role = await access.roleIn(visit.caseId, visit.person.id)
      if (!role || !can(role, 'log.read')) {
        visit.socket.refuse('accessLost')
        return
      }
      const mayWrite = can(role, 'log.write')
      if (mayWrite === visit.mayWrite) return
      visit.mayWrite = mayWrite
      tellAccess(visit, isStalled(visit))
    } catch (error) {
      log.error({ case: visit.caseId, ...faultOf(error) }, 'access could not be read again')
      visit.socket.refuse(error instanceof AppError ? error.code : 'internal')
    }
  }

  access.onChange((caseId: CaseId, person: PersonId) => {
    for (const visit of visits) {
      if (visit.caseId !== caseId || visit.person.id !== person) continue
      // After a check that is under way: it may have read what was true before.
      const before = visit.recheck ?? Promise.resolve()
      const mine = before.then(() => recheck(visit))
      visit.recheck = mine
      void mine.then(() => {
        if (visit.recheck === mine) visit.recheck = undefined
      })
    }
  })

  return {
    add(visit) {
      visits.add(visit)
      for (const listener of arrivals) listener(visit.caseId, visit.person.id)
    },
    remove: (visit) => visits.delete(visit),
    tellAccess,
    tellAllAccess(live) {
      for (const visit of visits)
        if (visit.connection?.document === live.document) tellAccess(visit, live.stalled)
    },
    closeSession(session) {
      for (const visit of visits) if (visit.session === session) visit.socket.refuse('signedOut')
    },
    of: (socket) => [...visits].find((visit) => visit.socket === socket),
    inCase: (caseId) =>
      new Set(
        visits
          .values()
          .filter((visit) => visit.caseId === caseId)
          .map(({ person }) => person.id),
      ),
    onArrival(listener) {
      arrivals.push(listener)
    },
    count: () => visits.size,
  }
}
