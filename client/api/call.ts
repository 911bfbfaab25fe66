import type { z } from 'zod'
import { AppError, isErrorCode } from '../../shared/errors.ts'
import type { ParamsOf, ResponseOf, Route } from '../../shared/route.ts'
import type { Endpoint } from './endpoints.ts'

/** No answer at all: no network, or the server is away. Nothing was refused, so trying again is right. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection'
}

type Nothing<T> = undefined extends T
  ? true
  : string extends keyof T
    ? true
    : [keyof T] extends [never]
      ? true
      : false
type Given<Key extends string, T> = Nothing<T> extends true ? { [K in Key]?: undefined } : { [K in Key]: T }

/** What a contract asks for, and nothing it does not. */
export type Input<T extends Route> = Given<'params', ParamsOf<T>> &
  Given<'query', z.input<T['query']>> &
  Given<'body', z.input<T['body']>> & { signal?: AbortSignal }

type Loose = {
  params?: Record<string, string> | undefined
  query?: Record<string, string> | undefined
  body?: unknown
  signal?: AbortSignal
}

const PATIENCE = 15_000

/** Calls an endpoint; throws AppError for a refusal and NoConnection when there was no answer. */
export function call<T extends Route>(to: Endpoint<T>, input: NoInfer<Input<T>>): Promise<ResponseOf<T>>
export async function call(to: Endpoint<Route>, { params, query, body, signal }: Loose): Promise<unknown> {
  const patience = AbortSignal.timeout(PATIENCE)
  const response = await fetch(address(to.path, params, query), {
    method: to.method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new NoConnection('no answer', { cause })
  })
  if (!response.ok) throw await refusal(response)
  return response.json()
}

function address(
  path: string,
  params: Record<string, string> = {},
  query: Record<string, string> = {},
): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(query).toString()
  return search ? `${filled}?${search}` : filled
}

async function refusal(response: Response): Promise<Error> {
  const body: { error?: { code?: unknown; field?: string; reason?: string } } = await response
    .json()
    .catch(() => ({}))
  const code = body.error?.code
  if (isErrorCode(code)) {
    const { field, reason } = body.error ?? {}
    return new AppError(code, { ...(field ? { field } : {}), ...(reason ? { reason } : {}) })
  }
  // A proxy in between answers for a server that is away.
  return response.status >= 502 ? new NoConnection(`status ${response.status}`) : new AppError('internal')
}

/** Key of the sentence that explains an error to the person at the screen. */
export const errorKey = (error: unknown) =>
  error instanceof AppError
    ? (`error.${error.code}` as const)
    : error instanceof NoConnection
      ? 'error.noConnection'
      : 'error.internal'
