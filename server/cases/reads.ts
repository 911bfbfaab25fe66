import type { CaseId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Storage } from '../db/open.ts'

/**
 * What somebody looks at: the row in the overview, the log's facts, how it came to be, one moment of it, what is new
 * in it, words found by a search, what is set aside, its comments, questions and baton, its meetings, their minutes,
 * who sees a goal how, or what waits for them.
 */
export type ReadKind =
  | 'overview'
  | 'detail'
  | 'history'
  | 'moment'
  | 'news'
  | 'search'
  | 'setAside'
  | 'meetings'
  | 'minutes'
  | 'disagreements'
  | 'comments'
  | 'questions'
  | 'handover'
  | 'waiting'

export type Reads = {
  /** Records that the person reads these cases; resolves when it is stored. Nothing is served before. */
  record(person: Person, kind: ReadKind, cases: readonly CaseId[]): Promise<void>
}

/** Overviews, searches, news and lists of sessions repeat themselves: one row for each person and case in this time. */
const AGAIN_AFTER = 15 * 60 * 1000

/** Reads of cases, recorded before they are served. */
export function createReads({ record }: Pick<Storage, 'record'>, clock: () => number): Reads {
  const recorded = new Map<string, number>()
  return {
    async record(person, kind, cases) {
      const now = clock()
      for (const [key, at] of recorded) if (now - at >= AGAIN_AFTER) recorded.delete(key)
      const keyOf = (caseId: CaseId) => `${kind} ${person.id} ${caseId}`
      const each = kind === 'detail' || kind === 'moment'
      const due = each ? cases : cases.filter((caseId) => !recorded.has(keyOf(caseId)))
      if (due.length === 0) return
      const { id, service } = person
      await record(
        due.map((caseId) => ({ person: id, service, action: 'read', caseId, detail: { kind } })),
        now,
      )
      for (const caseId of due) recorded.set(keyOf(caseId), now)
    },
  }
}
