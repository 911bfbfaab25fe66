import { parseArgs } from 'node:util'
import type { Config } from './config.ts'
import type { Logger } from './log.ts'
import { StartError } from './start-error.ts'

/** What `node server/main.ts` can be asked to do with stored data instead of serving it. */
export type Task =
  | { name: 'verify' }
  | { name: 'backup'; to: string | undefined }
  | { name: 'restore'; from: string; dataDir: string | undefined; replace: boolean }
  | { name: 'move'; to: string }
  | { name: 'help'; of: TaskName }

type TaskName = keyof typeof usage

const usage = {
  verify: `npm run verify

Replays every log from its updates alone and compares it with checkpoint, authorship, rows and audit.
Only reads; a server may be running. Names the first difference and ends with exit code 1 when there is one.`,
  backup: `npm run backup [-- --to FOLDER]

Copies everything, as it stands at one moment, into a new folder, with checksums in manifest.json.
A server may be running. Never overwrites.

  --to FOLDER      Where to; made by it. ./backups/<time> unless set`,
  restore: `npm run restore -- --from FOLDER [--data-dir FOLDER] [--replace]

Checks a backup's checksums, puts it in place, and verifies what is there then. The server must be stopped.
Numbers of updates go on far beyond any that the lost system may have given.

  --from FOLDER      A backup
  --data-dir FOLDER  Where to; DATA_DIR unless set. Refused when something is in it
  --replace          Moves what is in it aside first, to a folder beside it

With DATABASE_URL set the logs go there, into an empty database, and municipality.json into the folder.`,
  move: `npm run move -- --to postgres://USER:PASSWORD@HOST/DATABASE

Copies everything from SQLite in DATA_DIR into an empty PostgreSQL database, all of it or nothing, and verifies it
there. The server must be stopped. DATA_DIR stays as it was.`,
} as const

/** The task that the command line names, or undefined when it names none. */
export function readTask([name, ...args]: readonly string[]): Task | undefined {
  if (name === undefined || !isTask(name)) return undefined
  if (args.includes('--help') || args.includes('-h')) return { name: 'help', of: name }
  switch (name) {
    case 'verify':
      options(name, args, {})
      return { name }
    case 'backup':
      return { name, to: options(name, args, { to: { type: 'string' } }).to }
    case 'restore': {
      const read = options(name, args, {
        from: { type: 'string' },
        'data-dir': { type: 'string' },
        replace: { type: 'boolean' },
      })
      if (!read.from) throw new StartError(`Say which backup: npm run restore -- --from FOLDER`)
      return { name, from: read.from, dataDir: read['data-dir'], replace: read.replace ?? false }
    }
    case 'move': {
      const { to } = options(name, args, { to: { type: 'string' } })
      if (!to) throw new StartError(`Say where to: npm run move -- --to postgres://…`)
      return { name, to }
    }
  }
}

/** Runs a task; resolves to its exit code. What hinders it is a StartError. */
export async function runTask(task: Task, { config, log }: { config: Config; log: Logger }): Promise<number> {
  switch (task.name) {
    case 'help':
      process.stdout.write(`${usage[task.of]}\n`)
      return 0
    case 'verify': {
      const { runVerify } = await import('./verify/run.ts')
      return runVerify(config)
    }
    case 'backup': {
      const { backUp } = await import('./backup/backup.ts')
      return backUp(config, log, task.to)
    }
    case 'restore': {
      const { restore } = await import('./backup/restore.ts')
      return restore({ ...config, dataDir: task.dataDir ?? config.dataDir }, log, task)
    }
    case 'move': {
      const { move } = await import('./move/move.ts')
      return move(config, log, task)
    }
  }
}

const isTask = (name: string): name is TaskName => Object.hasOwn(usage, name)

type Options = Readonly<Record<string, { type: 'string' | 'boolean' }>>

function options<const O extends Options>(name: TaskName, args: readonly string[], known: O) {
  try {
    return parseArgs({ args: [...args], options: known, strict: true }).values
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    throw new StartError(`${why.split('. ')[0]}. Try: npm run ${name} -- --help`)
  }
}
