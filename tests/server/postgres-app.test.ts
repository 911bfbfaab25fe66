import { afterAll, describe } from 'vitest'
import { keepOnPostgres } from '../support/database.ts'

// The same tests again, with everything on PostgreSQL: whatever touches rows, sessions, audit or log.
const postgres = await keepOnPostgres()
afterAll(() => postgres.stop())

/** The tests of a file, with its hooks around them alone. */
function again(title: string, file: () => Promise<unknown>) {
  describe(title, () => file().then(() => {}))
}

again('rows of logs', () => import('./access.test.ts'))
again('the demo', () => import('./demo.test.ts'))
again('live rows', () => import('./events.test.ts'))
again('members', () => import('./members.test.ts'))
again('questions to services', () => import('./questions.test.ts'))
again('the baton', () => import('./handovers.test.ts'))
again('what waits', () => import('./waiting.test.ts'))
again('what is put off', () => import('./waiting-later.test.ts'))
again('meetings', () => import('./meetings.test.ts'))
again('minutes', () => import('./meetings-minutes.test.ts'))
again('team meetings and disagreements', () => import('./meetings-team.test.ts'))
again('sessions', () => import('./session.test.ts'))
again('access to logs', () => import('../collab/access.test.ts'))
again('live logs', () => import('../collab/live.test.ts'))
again('edits by the server', () => import('../collab/server-edits.test.ts'))
