import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pino } from 'pino'
import type { App } from '../../server/app.ts'
import { type Config, readConfig } from '../../server/config.ts'
import type { Storage } from '../../server/db/open.ts'
import { nodeBinary } from '../../server/launch/install.mjs'
import { serve } from '../../server/serve.ts'
import { databaseUrlFor } from './database.ts'

export type TestApp = {
  url: string
  port: number
  dataDir: string
  /** The parts of the server, when it runs in this process. */
  app: App
  storage: Storage
  /** Signs in as one of the demo's people; the value of a `Cookie` header. */
  signIn(person: string): Promise<string>
  /** Moves the server's clock on. */
  wait(ms: number): void
  stop(): Promise<void>
}

type Options = {
  /** Kept at the end when given. */
  dataDir?: string
  port?: number
  config?: Partial<Config>
  log?: pino.Logger
}

/** The whole server in this process, on a free port, with the demo municipality in a folder of its own. */
export async function startApp({ dataDir, port = 0, config, log }: Options = {}): Promise<TestApp> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'stafett-'))
  let offset = 0
  const running = await serve({
    config: {
      ...readConfig({}),
      databaseUrl: await databaseUrlFor(folder),
      ...config,
      dataDir: folder,
      port,
    },
    log: log ?? pino({ level: 'silent' }),
    clock: () => Date.now() + offset,
  })
  const url = `http://127.0.0.1:${running.port}`
  let stopped: Promise<void> | undefined
  return {
    url,
    port: running.port,
    dataDir: folder,
    app: running.app,
    storage: running.storage,
    signIn: (person) => signIn(url, person),
    wait(ms) {
      offset += ms
    },
    async stop() {
      stopped ??= running.stop()
      await stopped
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type TestProcess = {
  url: string
  port: number
  dataDir: string
  pid: number
  signIn(person: string): Promise<string>
  /** Sends a signal and resolves to the exit code, or the signal that ended it. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>
  /** What it has written so far. */
  output(): string
}

type ProcessOptions = {
  dataDir: string
  port?: number
  env?: Record<string, string>
  args?: string[]
  /** Writes beyond a limit fail instead of ending the process: what a full disk does. */
  mayFill?: boolean
}

/** A real server process, ready when this resolves; rejects with its output when it ends before. */
export async function startProcess(options: ProcessOptions): Promise<TestProcess> {
  const { dataDir, port = 0, env, args, mayFill = false } = options
  const DATABASE_URL = await databaseUrlFor(dataDir)
  const run = runServer({ DATABASE_URL, ...env, DATA_DIR: dataDir, PORT: String(port) }, args, mayFill)
  const url = await new Promise<string>((resolve, reject) => {
    run.onLine((line) => {
      const found = /Stafett is open on http:\/\/[^"\s]+?:(\d+)/.exec(line)
      if (found) resolve(`http://127.0.0.1:${found[1]}`)
    })
    void run.ended.then((end) => reject(new Error(`the server ended (${end}): ${run.output()}`)))
  })
  return {
    url,
    port: Number(new URL(url).port),
    dataDir,
    pid: run.child.pid ?? 0,
    signIn: (person) => signIn(url, person),
    end(signal = 'SIGTERM') {
      run.child.kill(signal)
      return run.ended
    },
    output: run.output,
  }
}

/** Runs `node server/main.ts` to its end. */
export async function runToEnd(
  env: Record<string, string>,
  args: string[] = [],
): Promise<{ end: number | NodeJS.Signals; output: string }> {
  const { ended, output } = runServer(env, args)
  return { end: await ended, output: output() }
}

function runServer(env: Record<string, string>, args: string[] = [], mayFill = false) {
  const main = [
    '--disable-warning=ExperimentalWarning',
    join(import.meta.dirname, '../../server/main.ts'),
    ...args,
  ]
  const ignoring = ['-c', 'trap "" XFSZ; exec "$@"', 'sh', nodeBinary(), ...main]
  const child: ChildProcess = spawn(mayFill ? 'sh' : nodeBinary(), mayFill ? ignoring : main, {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const listeners: ((line: string) => void)[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      for (const listener of listeners) listener(line)
    })
  }
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? signal ?? -1))
  })
  return {
    child,
    ended,
    output: () => lines.join('\n'),
    onLine(listener: (line: string) => void) {
      listeners.push(listener)
    },
  }
}

async function signIn(url: string, person: string): Promise<string> {
  const answer = await fetch(`${url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (!cookie) throw new Error(`${person} could not sign in: ${answer.status} ${await answer.text()}`)
  return cookie
}
