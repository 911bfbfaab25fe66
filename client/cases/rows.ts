import type { CaseSummary } from '../../shared/cases.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Service } from '../../shared/services.ts'

/** What a list of rows needs, whether it is drawn as a table or as cards. */
export type RowsProps = {
  cases: readonly CaseSummary[]
  /** The services that take part in any of your logs. */
  services: readonly Service[]
  silentAfterDays: number
  me: Person
  now: Date
  /** Logs in which something waits for you. */
  waiting: ReadonlySet<CaseId>
}
