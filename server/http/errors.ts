import type { ErrorRequestHandler, Express } from 'express'
import { AppError } from '../../shared/errors.ts'
import type { Method } from '../../shared/route.ts'
import { faultOf, type Logger } from '../log.ts'
import type { Api } from './handle.ts'

/** The last word of `/api`: wrong method, unknown path, and one shape for every failure. Comes after all handlers. */
export function endApi(app: Express, api: Api) {
  const methods = new Map<string, Set<Method>>()
  for (const { path, method } of api.routes) {
    methods.set(path, (methods.get(path) ?? new Set()).add(method))
  }
  for (const [path, allowed] of methods) {
    app.all(path, (_req, res) => {
      res.setHeader('Allow', [...allowed].join(', '))
      throw new AppError('methodNotAllowed')
    })
  }
  app.use('/api', () => {
    throw new AppError('notFound')
  })
}

/** Turns whatever was thrown into the documented body; tells the log of what nobody threw on purpose. */
export const answerErrors =
  (log: Logger): ErrorRequestHandler =>
  (thrown, req, res, next) => {
    if (res.headersSent) {
      next(thrown)
      return
    }
    const error = asAppError(thrown)
    if (error.code === 'internal') log.error({ method: req.method, ...faultOf(thrown) }, 'request failed')
    if (error.code === 'tooMany') res.setHeader('Retry-After', '10')
    res.status(error.status).json(error.toBody())
  }

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  if (!(thrown instanceof Error)) return new AppError('internal')
  // Express and its body parser: malformed JSON or path, too large, unknown charset or encoding.
  const status = 'status' in thrown ? thrown.status : undefined
  if (status === 413) return new AppError('tooLarge')
  if (thrown instanceof URIError) return new AppError('invalidInput', { field: 'path' })
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new AppError('invalidInput', { field: 'body' })
  return new AppError('internal')
}
