import { StartError } from './start-error.ts'

/** One setting: its name, what it is for, and how its text becomes a value (undefined = not a valid one). */
type Setting<T> = {
  readonly name: string
  readonly type: string
  readonly fallback: string
  readonly description: string
  readonly read: (text: string) => T | undefined
  /** May hold a password: never said again. */
  readonly secret?: boolean
}

const setting = <T>(definition: Setting<T>): Setting<T> => definition

const oneOf = <const T extends string>(values: readonly T[]) => ({
  type: values.join(' | '),
  read: (text: string) => values.find((value) => value === text),
})

/** Every setting there is; `--help` prints this table. */
const settings = {
  port: setting({
    name: 'PORT',
    type: 'number 0–65535',
    fallback: '3000',
    description: 'Port for HTTP and WebSocket; 0 takes a free one',
    read: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
  }),
  host: setting({
    name: 'HOST',
    type: 'address',
    fallback: '127.0.0.1',
    description: 'Address to listen on',
    read: (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
  }),
  dataDir: setting({
    name: 'DATA_DIR',
    type: 'folder',
    fallback: './data',
    description: 'Where the database and municipality.json live; made when missing',
    read: (text) => (text.includes('\0') ? undefined : text),
  }),
  databaseUrl: setting({
    name: 'DATABASE_URL',
    type: 'postgres:// URL, or empty',
    fallback: '',
    description: 'PostgreSQL database that holds everything instead of SQLite in DATA_DIR',
    read: (text) => (text === '' || isPostgresUrl(text) ? text : undefined),
    secret: true,
  }),
  publicUrl: setting({
    name: 'PUBLIC_URL',
    type: 'http(s) URL, or empty',
    fallback: '',
    description: 'Address that browsers use, when it differs from HOST and PORT (behind a proxy)',
    read: (text) => (text === '' ? '' : readOrigin(text)),
  }),
  smtpUrl: setting({
    name: 'SMTP_URL',
    type: 'smtp(s):// URL, or empty',
    fallback: '',
    description: 'Mail server that tells people that something waits for them; empty sends no e-mail',
    read: (text) => (text === '' || isSmtpUrl(text) ? text : undefined),
    secret: true,
  }),
  mailFrom: setting({
    name: 'MAIL_FROM',
    type: 'e-mail address',
    fallback: 'stafett@localhost',
    description: 'Sender of that e-mail',
    read: (text) => (/^[^\s@<>]+@[^\s@<>]+$/.test(text) ? text : undefined),
  }),
  mode: setting({
    name: 'STAFETT_MODE',
    ...oneOf(['demo', 'production']),
    fallback: 'demo',
    description:
      'demo opens the fictional Fjordvik with one-click sign-in; production is not in this version',
  }),
  logLevel: setting({
    name: 'LOG_LEVEL',
    ...oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    fallback: 'info',
    description: 'How much the server tells about itself; never case text',
  }),
} as const

/** What `node server/main.ts` is asked to do. */
export type Command = 'serve' | 'help' | 'rebuildProjection'

export type Config = {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Empty for SQLite. */
  readonly databaseUrl: string
  /** Origin of PUBLIC_URL, such as `https://stafett.example.no`; empty when not set. */
  readonly publicUrl: string
  /** Empty when this server sends no e-mail. */
  readonly smtpUrl: string
  readonly mailFrom: string
  readonly mode: 'demo'
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

type Environment = Readonly<Record<string, string | undefined>>

/** The settings from the environment; a bad one is a StartError that names it. */
export function readConfig(env: Environment): Config {
  const mode = value(settings.mode, env)
  if (mode === 'production') {
    throw new StartError(
      'STAFETT_MODE=production cannot start: it needs an identity provider, which this version does not have. Use STAFETT_MODE=demo.',
    )
  }
  return {
    port: value(settings.port, env),
    host: value(settings.host, env),
    dataDir: value(settings.dataDir, env),
    databaseUrl: value(settings.databaseUrl, env),
    publicUrl: value(settings.publicUrl, env),
    smtpUrl: value(settings.smtpUrl, env),
    mailFrom: value(settings.mailFrom, env),
    mode,
    logLevel: value(settings.logLevel, env),
  }
}

/** What the command line asks for; anything unknown is a StartError. */
export function readCommand(argv: readonly string[]): Command {
  const [first, ...rest] = argv
  if (first === undefined) return 'serve'
  if (rest.length === 0 && (first === '--help' || first === '-h')) return 'help'
  if (rest.length === 0 && first === '--rebuild-projection') return 'rebuildProjection'
  throw new StartError(
    `Unknown argument ${JSON.stringify(rest[0] ?? first)}. Try: node server/main.ts --help`,
  )
}

/** The text of `--help`. */
export function help(): string {
  const rows = Object.values(settings).map(
    ({ name, type, fallback, description }) =>
      `  ${name.padEnd(14)}${description}\n${' '.repeat(16)}${type}; ${fallback === '' ? 'empty' : fallback} unless set`,
  )
  return [
    'Stafett: one live case log per person, written together by every service around them.',
    '',
    'Usage: node server/main.ts [--help | --rebuild-projection]',
    '',
    '  --help                Show this text',
    '  --rebuild-projection  Derive all rows again from the logs, then exit',
    '',
    'With stored data: npm run verify | backup | restore | move; each tells its options with -- --help.',
    '',
    'Settings (environment):',
    ...rows,
    '',
  ].join('\n')
}

function value<T>(from: Setting<T>, env: Environment): T {
  const text = env[from.name] ?? ''
  const result = from.read(text === '' ? from.fallback : text)
  if (result === undefined) {
    const is = from.secret ? 'cannot be used' : `is ${JSON.stringify(text)}`
    throw new StartError(`${from.name} ${is}; it must be ${from.type}.`)
  }
  return result
}

/** A PostgreSQL database by its name. */
export function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1
}

function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== ''
}

function readOrigin(text: string): string | undefined {
  const url = URL.parse(text)
  return url && /^https?:$/.test(url.protocol) && url.pathname === '/' ? url.origin : undefined
}
