import { type Express, json, type Request, type Response } from 'express'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { Route } from '../../shared/route.ts'
import type { Session, Sessions } from '../auth/session.ts'
import type { Logger } from '../log.ts'
import type { ServiceAccounts } from '../service-accounts/service-accounts.ts'

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  params: z.output<P>
  query: z.output<Q>
  body: z.output<B>
  req: Request
  res: Response
}

/** Where contracts meet their handlers. */
export type Api = {
  /** A contract for whoever is signed in, or for an account; anybody else gets `notSignedIn` before the input is looked at. */
  handle<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    route: Route<P, Q, B, R, 'session' | 'account'>,
    handler: (call: Input<P, Q, B> & { session: Session }) => Promise<z.input<R>>,
  ): void
  /** A contract for anybody. */
  handlePublic<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    route: Route<P, Q, B, R, 'public'>,
    handler: (call: Input<P, Q, B> & { session: Session | undefined }) => Promise<z.input<R>>,
  ): void
  /** Every contract that has a handler. */
  readonly routes: readonly Route[]
}

const BODY_LIMIT = 256 * 1024

const verbs = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const

/** Puts contracts on an Express app: who calls, input by the contract, the handler, and only what the contract says. */
export function createApi(
  app: Express,
  sessions: Pick<Sessions, 'ofRequest'>,
  accounts: Pick<ServiceAccounts, 'ofRequest'>,
  log: Logger,
): Api {
  const routes: Route[] = []
  const readBody = json({ limit: BODY_LIMIT, type: 'application/json' })
  const read = (req: Request, res: Response) =>
    new Promise<void>((resolve, reject) => {
      readBody(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error)))
    })

  function register<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    route: Route<P, Q, B, R>,
    run: (input: Input<P, Q, B>, session: Session | undefined) => Promise<z.input<R>>,
  ) {
    routes.push(route)
    app[verbs[route.method]](route.path, async (req: Request, res: Response) => {
      const started = performance.now()
      const account = route.access === 'account' ? await accounts.ofRequest(req) : undefined
      const session = account ?? (await sessions.ofRequest(req))
      if (route.access !== 'public' && !session) throw new AppError('notSignedIn')
      if (!(route.body instanceof z.ZodUndefined)) await read(req, res)
      const input = {
        params: checked(route.params, req.params, 'params'),
        query: checked(route.query, req.query, 'query'),
        body: checked(route.body, req.body, 'body'),
        req,
        res,
      }
      const answer: unknown = route.response.parse(await run(input, session))
      res.json(answer)
      const ms = Math.round(performance.now() - started)
      log.debug({ route: `${route.method} ${route.path}`, person: session?.person.id, ms }, 'answered')
    })
  }

  return {
    handle: (route, handler) =>
      register(route, (input, session) => {
        if (!session) throw new AppError('notSignedIn')
        return handler({ ...input, session })
      }),
    handlePublic: (route, handler) => register(route, (input, session) => handler({ ...input, session })),
    routes,
  }
}

/** The value, as the schema gives it; or `invalidInput` naming the first field at fault, such as `body.person`. */
function checked<S extends z.ZodType>(schema: S, value: unknown, place: string): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const field = [place, ...(issue?.path ?? []), ...unknownKey].map(String).join('.').slice(0, 200)
  throw new AppError('invalidInput', { field, reason: issue?.code ?? 'invalid' })
}
