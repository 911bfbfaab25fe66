import pg from 'pg'
import { StartError } from '../start-error.ts'

/** PostgreSQL's type numbers. */
const INT8 = 20
const NUMERIC = 1700

/** Whole numbers as numbers: ids of updates and times are below 2^53. */
const parserOf = (oid: number): ((value: string) => unknown) =>
  oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, 'text')

export type ConnectionOptions = {
  url: string
  /** For commands: a question may take as long as it takes. */
  patient?: boolean
}

/** A database that stands still is an error after this long; until then it may be busy. */
const ANSWER_WITHIN = 30_000

/** How every connection of ours is set up. */
export function connectionConfig({ url, patient = false }: ConnectionOptions): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'stafett',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: patient ? 0 : ANSWER_WITHIN,
    // Said here, whatever the database's own settings are: an answer to COMMIT means that it is on disk.
    options: '-c synchronous_commit=on',
    types: { getTypeParser: parserOf },
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Why PostgreSQL could not be opened, in one line without the password. */
export function postgresStartError(error: unknown, url: string): Error {
  if (error instanceof StartError) return error
  const where = placeOf(url)
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return new StartError(`No PostgreSQL answers at ${where}. Start it, or set DATABASE_URL.`)
    case '28P01':
    case '28000':
      return new StartError(`PostgreSQL at ${where} does not let this user in. Check DATABASE_URL.`)
    case '3D000':
      return new StartError(
        `PostgreSQL has no database ${where}. Make it first (createdb), or set DATABASE_URL.`,
      )
    case '42501':
      return new StartError(`The user may not make tables in ${where}. Make it the database's owner.`)
    default:
      return new StartError(
        `The database ${where} could not be opened: ${error instanceof Error ? error.message : 'unknown fault'}.`,
      )
  }
}

/** Host, port and database of an address, without the user's secret. */
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}
