import { AppError } from '../../shared/errors.ts'
import { faultOf, type Logger } from '../log.ts'
import type { CollabContext } from './visit.ts'

type Payload = { context?: CollabContext | undefined; connection?: { context: CollabContext } | undefined }

/**
 * What leaves a hook that Hocuspocus waits for: a WebSocket close code and the name of our error, and no message,
 * since Hocuspocus would print it.
 */
class Refusal {
  readonly code: number
  readonly reason: string
  readonly #error: AppError
  constructor(error: AppError) {
    this.code = error.close
    this.reason = error.code
    this.#error = error
  }
  unwrap(): AppError {
    return this.#error
  }
}

/** What ends a hook where there is nothing to be done: no error, and nothing that Hocuspocus would print. */
export class NothingToDo {}

/** Our own error again, for who called Hocuspocus and not the other way round. */
export const unwrap = (error: unknown): unknown => (error instanceof Refusal ? error.unwrap() : error)

export type Hooks = {
  /** A hook that Hocuspocus waits for: it fails only with our own error, and takes its socket along. */
  awaited<P extends Payload, R>(name: string, hook: (payload: P) => Promise<R>): (payload: P) => Promise<R>
  /** The same, for what Hocuspocus would print when it failed: what was refused is made to say nothing instead. */
  muting<P extends Payload>(
    name: string,
    hook: (payload: P) => Promise<void>,
    silence: (payload: P) => void,
  ): (payload: P) => Promise<void>
  /** A hook that nobody waits for, where a throw would end the process: it never fails. */
  detached<P>(name: string, hook: (payload: P) => Promise<void> | void): (payload: P) => Promise<void>
  /** What failed outside of any hook ends its connection in the same way. */
  refuse(name: string, payload: Payload, error: unknown): AppError
}

/** The one wrapper around all hooks, whatever they throw. */
export function createHooks(
  log: Logger,
  onRefused: (error: AppError, context: CollabContext) => void,
): Hooks {
  function known(name: string, error: unknown): AppError {
    if (error instanceof AppError) return error
    log.error({ hook: name, ...faultOf(error) }, 'a hook failed')
    return new AppError('internal')
  }

  function refuse(name: string, payload: Payload, error: unknown): AppError {
    const refused = known(name, error)
    onRefused(refused, payload.connection?.context ?? payload.context ?? {})
    return refused
  }

  return {
    refuse,
    awaited: (name, hook) => async (payload) => {
      try {
        return await hook(payload)
      } catch (error) {
        throw new Refusal(refuse(name, payload, error))
      }
    },
    muting: (name, hook, silence) => async (payload) => {
      try {
        await hook(payload)
      } catch (error) {
        refuse(name, payload, error)
        silence(payload)
      }
    },
    detached: (name, hook) => async (payload) => {
      try {
        await hook(payload)
      } catch (error) {
        known(name, error)
      }
    },
  }
}
