import { z } from 'zod'

/**
 * The one table of errors: HTTP status and WebSocket close code. The words stand in the
 * dictionaries under `error.<code>`. Close codes 4400–4499 are ours (RFC 6455 §7.4.2).
 */
export const errorTable = {
  invalidInput: { status: 400, close: 4400 },
  notSignedIn: { status: 401, close: 4401 },
  ticketInvalid: { status: 401, close: 4411 },
  originRefused: { status: 403, close: 4413 },
  notAllowed: { status: 403, close: 4403 },
  accessLost: { status: 403, close: 4423 },
  signedOut: { status: 401, close: 4421 },
  notFound: { status: 404, close: 4404 },
  methodNotAllowed: { status: 405, close: 4405 },
  clientIdTaken: { status: 409, close: 4409 },
  overtaken: { status: 409, close: 4410 },
  clientOutdated: { status: 409, close: 4426 },
  tooLarge: { status: 413, close: 4412 },
  documentFull: { status: 413, close: 4414 },
  tooMany: { status: 429, close: 4429 },
  updateMalformed: { status: 400, close: 4430 },
  updateForged: { status: 403, close: 4431 },
  updateIncomplete: { status: 409, close: 4432 },
  updateUnknownContent: { status: 400, close: 4433 },
  startAfresh: { status: 409, close: 4434 },
  notStored: { status: 503, close: 4503 },
  serverStopping: { status: 503, close: 4504 },
  internal: { status: 500, close: 4500 },
} as const satisfies Record<string, { status: number; close: number }>

export type ErrorCode = keyof typeof errorTable

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(errorTable, value)
export const errorCodes: readonly ErrorCode[] = Object.keys(errorTable).filter(isErrorCode)
export const ErrorCode = z.custom<ErrorCode>(isErrorCode).meta({ type: 'string', enum: errorCodes })

/** Body of every failed HTTP answer. `field` names the input at fault, as a path such as `body.person`. */
export const ErrorBody = z.object({
  error: z.object({ code: ErrorCode, field: z.string().optional(), reason: z.string().optional() }),
})
export type ErrorBody = z.infer<typeof ErrorBody>

/** The only error thrown on purpose. `reason` is for developers and never holds case text. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly reason: string | undefined

  constructor(code: ErrorCode, detail: { field?: string; reason?: string } = {}) {
    super(detail.reason ? `${code}: ${detail.reason}` : code)
    this.name = 'AppError'
    this.code = code
    this.field = detail.field
    this.reason = detail.reason
  }

  get status(): number {
    return errorTable[this.code].status
  }

  get close(): number {
    return errorTable[this.code].close
  }

  toBody(): ErrorBody {
    return {
      error: {
        code: this.code,
        ...(this.field === undefined ? {} : { field: this.field }),
        ...(this.reason === undefined ? {} : { reason: this.reason }),
      },
    }
  }
}

/** The code that belongs to a WebSocket close code, or undefined for codes that are not ours. */
export const errorCodeOfClose = (close: number): ErrorCode | undefined =>
  errorCodes.find((code) => errorTable[code].close === close)
