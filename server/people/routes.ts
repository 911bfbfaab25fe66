import type { Response } from 'express'
import { AppError } from '../../shared/errors.ts'
import { peopleRoutes } from '../../shared/people.ts'
import { can } from '../../shared/roles.ts'
import { SESSION_COOKIE, type Sessions } from '../auth/session.ts'
import type { Config } from '../config.ts'
import { createRateLimit } from '../http/guards.ts'
import type { Api } from '../http/handle.ts'
import type { People } from './people.ts'

type Dependencies = {
  people: People
  sessions: Sessions
  config: Pick<Config, 'publicUrl' | 'mode'>
  clock: () => number
}

/** Signing in and out. */
export function peopleApi(api: Api, { people, sessions, config, clock }: Dependencies) {
  const limit = createRateLimit(60, 2, clock)

  api.handlePublic(peopleRoutes.demoPeople, async () =>
    (await people.all()).filter(({ role }) => can(role, 'overview.read')),
  )

  api.handlePublic(peopleRoutes.demoSignIn, async ({ body, req, res, session }) => {
    limit(req.socket.remoteAddress ?? '')
    const person = await people.find(body.person)
    // A program has no screens to look at.
    if (!person || !can(person.role, 'overview.read')) throw new AppError('notFound')
    const { token } = await sessions.open(person)
    if (session) await sessions.end(session.idHash)
    setCookie(res, token, config)
    return { person }
  })

  api.handlePublic(peopleRoutes.session, async ({ session }) => ({
    person: session?.person ?? null,
    mode: config.mode,
  }))

  api.handle(peopleRoutes.signOut, async ({ session, res }) => {
    await sessions.end(session.idHash)
    res.clearCookie(SESSION_COOKIE, { path: '/' })
    return {}
  })
}

/** No Max-Age: closing the browser of a shared computer signs out. */
function setCookie(res: Response, token: string, config: Pick<Config, 'publicUrl'>) {
  res.cookie(SESSION_COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: config.publicUrl.startsWith('https:'),
  })
}
