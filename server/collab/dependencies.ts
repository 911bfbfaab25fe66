import type { Access } from '../auth/access.ts'
import type { Sessions } from '../auth/session.ts'
import type { Config } from '../config.ts'
import type { Storage } from '../db/open.ts'
import type { Events } from '../events/events.ts'
import type { Logger } from '../log.ts'

/** What the live logs need of the rest of the server. */
export type CollabDependencies = {
  storage: Storage
  log: Logger
  access: Pick<Access, 'roleIn' | 'onChange'>
  sessions: Pick<Sessions, 'onEnd'>
  events: Pick<Events, 'caseChanged' | 'writing' | 'thread'>
  config: Pick<Config, 'publicUrl'>
  clock: () => number
}
