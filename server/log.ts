import { type DestinationStream, type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type { Logger } from 'pino'

const levels: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  40: 'warn',
  50: 'error',
  60: 'fatal',
}

/**
 * The server's own log: JSON lines, or readable ones on a terminal. It carries ids, never case text.
 * Standard output is written synchronously, so that nothing is lost when the process ends.
 */
export function createLog(config: Pick<Config, 'logLevel'>, terminal: boolean): Logger {
  const out = pino.destination({ fd: 1, sync: true })
  return pino({ level: config.logLevel, base: null }, terminal ? readable(out) : out)
}

function readable(out: DestinationStream): DestinationStream {
  return {
    write(line) {
      const { level, time, msg, ...rest }: Record<string, unknown> = JSON.parse(line)
      const clock = new Date(Number(time)).toTimeString().slice(0, 8)
      const word = levels[Number(level)]
      const detail = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`
      out.write(`${clock} ${word ? `${word}: ` : ''}${String(msg ?? '')}${detail}\n`)
    },
  }
}

/** What may be told of an unexpected error: where it happened. Its message could quote somebody's text. */
export function faultOf(error: unknown): { fault: string; at: string[] } {
  if (!(error instanceof Error)) return { fault: typeof error, at: [] }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { fault: error.name, at: frames.slice(0, 6).map((line) => line.trim()) }
}
