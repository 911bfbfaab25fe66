import type { Kysely } from 'kysely'
import type { Access } from '../auth/access.ts'
import type { Database } from '../db/schema.ts'
import type { Events } from '../events/events.ts'
import type { Histories } from '../history/histories.ts'
import type { Logger } from '../log.ts'

/** What the news need of the rest of the server. */
export type NewsDependencies = {
  rows: Kysely<Database>
  histories: Pick<Histories, 'ask'>
  access: Pick<Access, 'onChange'>
  events: Pick<Events, 'news' | 'count'>
  log: Logger
  clock: () => number
}
