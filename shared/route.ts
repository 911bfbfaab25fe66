import type { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * Who may call: anybody, somebody signed in, or (`account`) a service account with its secret as well. Finer access is
 * decided by the handler with `can`.
 */
export type RouteAccess = 'public' | 'session' | 'account'

/**
 * One HTTP contract. The server's handler, the client's typed call and openapi.json derive from it.
 * `path` names its parameters as `:name`; `params` describes each of them.
 */
export type Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
  A extends RouteAccess = RouteAccess,
> = {
  readonly method: Method
  readonly path: `/api/${string}`
  readonly summary: string
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly response: R
  readonly access: A
  readonly tag: string
}

/** Declares a contract; only for its types. */
export const route = <
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  const A extends RouteAccess,
>(
  contract: Route<P, Q, B, R, A>,
): Route<P, Q, B, R, A> => contract

export type ParamsOf<T extends Route> = z.output<T['params']>
export type ResponseOf<T extends Route> = z.output<T['response']>
