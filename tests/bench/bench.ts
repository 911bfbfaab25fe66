import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Written } from './opening.ts'
import { Report } from './report.ts'
import type { Running, System } from './system.ts'

type Options = {
  readonly systems: readonly System[]
  readonly rounds: number
  /** Rounds that another run has done: orders and seeds go on from there. */
  readonly done: number
  readonly quick: boolean
  /** Logs at rest are kept in PostgreSQL instead of SQLite. */
  readonly postgres: boolean
}

/** What every phase has at hand: whom it measures, how often, and where the figures go. */
export type Bench = ReturnType<typeof createBench>

export function createBench({ systems, rounds, done, quick, postgres }: Options) {
  const scratch = mkdtempSync(join(tmpdir(), 'stafett-bench-'))
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))
  const began = performance.now()
  const failures: string[] = []

  function say(text: string) {
    console.log(`${`${Math.round((performance.now() - began) / 1000)} s`.padStart(6)}  ${text}`)
  }

  function fail(what: string, error: unknown) {
    const failure = `${what} stopped: ${error instanceof Error ? error.message : String(error)}`
    failures.push(failure)
    say(failure)
  }

  function folderOf(system: System, purpose: string) {
    const folder = join(scratch, purpose, system.name.replace(/\W+/g, '-'))
    mkdirSync(folder, { recursive: true })
    return folder
  }

  /**
   * Measures every system once a round, in an order that changes so that none always goes first. One that fails says
   * so and the others go on.
   */
  async function eachRound(
    name: string,
    measured: readonly System[],
    times: number,
    measure: (system: System, round: number) => Promise<string>,
  ) {
    for (let round = 0; round < times; round++) {
      for (const [index] of measured.entries()) {
        const system = measured[(index + done + round) % measured.length]
        if (!system) continue
        const line = `${name} ${round + 1}/${times}  ${system.name}`
        try {
          say(`${line}: ${await measure(system, done + round)}`)
        } catch (error) {
          fail(line, error)
        }
      }
    }
  }

  return {
    systems,
    rounds,
    quick,
    postgres,
    report: new Report(),
    failures,
    /** Long logs that a phase has stored, by metric and system; later phases open them again. */
    stored: new Map<string, Written>(),
    say,
    fail,
    folderOf,
    eachRound,
  }
}

/** Uses a server that is started for this alone, and ends it whatever happens. */
export async function using<Server extends Running, Result>(
  system: { readonly start: (folder: string) => Promise<Server> },
  folder: string,
  work: (server: Server) => Promise<Result>,
): Promise<Result> {
  const server = await system.start(folder)
  let result: Result
  try {
    result = await work(server)
  } catch (error) {
    await server.kill()
    throw error
  }
  await server.stop()
  return result
}
