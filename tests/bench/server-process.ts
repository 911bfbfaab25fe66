import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { onServerCore } from './processors.ts'

export type ServerProcess = {
  readonly pid: number
  readonly stop: () => Promise<void>
  readonly kill: () => Promise<void>
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (!address || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Starts a server program on our own Node and waits until its address answers. */
export async function startServer(
  script: string,
  cwd: string,
  env: Record<string, string>,
  healthy: string,
): Promise<ServerProcess> {
  const [command, args] = onServerCore(process.execPath, ['--disable-warning=ExperimentalWarning', script])
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  running.add(child)
  const ended = once(child, 'exit').then(() => running.delete(child))
  for (const deadline = Date.now() + 60_000; ; ) {
    if (child.exitCode !== null) throw new Error(`${script} ended with code ${child.exitCode}`)
    if (await answers(healthy)) break
    if (Date.now() > deadline) throw new Error(`${script} did not answer within a minute`)
    await sleep(20)
  }
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal)
    await ended
  }
  return { pid: child.pid ?? 0, stop: end('SIGTERM'), kill: end('SIGKILL') }
}

async function answers(address: string) {
  try {
    const response = await fetch(address)
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/** Resident memory of a process, in bytes (Linux). */
export function residentMemory(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1] ?? 0) * 1024
}

const TICKS_A_SECOND = 100

/** Seconds of processor time that a process has used so far, all its threads together (Linux). */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}

/** Waits until a process has used no processor time worth mentioning for a second (Linux). */
export async function untilIdle(pid: number, timeout = 120_000): Promise<void> {
  for (const deadline = Date.now() + timeout; Date.now() < deadline; ) {
    const before = processorSeconds(pid)
    await sleep(1000)
    if (processorSeconds(pid) - before <= 1.5 / TICKS_A_SECOND) return
  }
}
