import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { logFragment } from '../../shared/case-log/document.ts'
import { until } from './client.ts'
import { Random } from './random.ts'
import { startProcess, type TestProcess } from './server.ts'
import { replayed } from './stored-log.ts'
import { Writer } from './writer.ts'

const document = 'case/logg-a/shared'
const names = ['maren', 'silje', 'haakon']

type Play = {
  /** The server as it is now; `restart` gives it another. */
  server: TestProcess
  dataDir: string
  writers: readonly Writer[]
  random: Random
  /** Edits that the server has acknowledged. */
  acked(): number
  /** Kills the server, and starts it again on the same port when `between` is over. */
  restart(between: () => Promise<void>): Promise<void>
  /** Fails when something acknowledged is not in the stored log. */
  nothingLost(): Promise<void>
}

/**
 * Three people who write in one log without a pause, while `act` does its worst; then everybody must have settled on
 * the same text, with nothing acknowledged lost, and it must be the text that is stored.
 */
export async function threeWriters(seed: number, act: (play: Play) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stafett-writers-'))
  // Compiled code from the first, clean run makes the others start fast.
  const env = { NODE_COMPILE_CACHE: join(dataDir, 'compiled') }
  const first = await startProcess({ dataDir, env })
  await first.end()
  const play = { server: await startProcess({ dataDir, env }) }
  const { port, url } = play.server
  const ticketFor = (cookie: string) => async (clientId: number) => {
    const answer = await fetch(`${url}/api/collab/ticket`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ document, clientId, blocksVersion: BLOCKS_VERSION }),
    })
    const body: { ticket?: string } = await answer.json()
    if (!body.ticket) throw new Error(`no ticket: ${answer.status}`)
    return body.ticket
  }
  const writers: Writer[] = []
  for (const [index, name] of names.entries()) {
    const ticket = ticketFor(await play.server.signIn(name))
    const random = new Random(seed * 31 + index)
    writers.push(new Writer(name, () => `ws://127.0.0.1:${port}/collab`, document, ticket, random))
  }
  const acked = () => writers.reduce((sum, writer) => sum + writer.acked, 0)
  async function nothingLost() {
    // Work may go on while the log is read: what is acknowledged meanwhile need not be in what was read.
    const upTo = writers.map(({ acked }) => acked)
    const log = await replayed(dataDir, document)
    for (const [at, writer] of writers.entries()) expect(writer.missingIn(log, upTo[at])).toEqual([])
  }
  async function restart(between: () => Promise<void>) {
    await play.server.end('SIGKILL')
    await until('the sockets to notice', () => writers.every(({ connected }) => !connected))
    await between()
    play.server = await startProcess({ dataDir, port, env })
  }
  let writing: NodeJS.Timeout | undefined
  try {
    await until('everybody to join', () => writers.every(({ connected }) => connected))
    writing = setInterval(() => {
      // Bounded, so that a slow machine does not write more than it can send.
      for (const writer of writers) if (writer.edits.length - writer.acked < 60) writer.write()
    }, 15)
    await act(
      Object.assign(play, { dataDir, writers, random: new Random(seed), acked, restart, nothingLost }),
    )
    clearInterval(writing)
    await until('everything to be saved', () => writers.every(({ settled }) => settled), 60_000)
    const text = () => writers.map(({ doc }) => logFragment(doc).toString())
    await until('all to be equal', () => new Set(text()).size === 1)
    await play.server.end('SIGTERM')
    const log = await replayed(dataDir, document)
    expect(log).toBe(text()[0])
    for (const writer of writers) {
      expect(writer.missingIn(log, writer.edits.length)).toEqual([])
      expect(writer.refusals.filter((reason) => reason.startsWith('update'))).toEqual([])
    }
  } finally {
    clearInterval(writing)
    for (const writer of writers) writer.close()
    await play.server.end('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Kills the server at random moments, again and again. */
export const surviveKills = (seed: number, kills: number): Promise<void> =>
  threeWriters(seed, async ({ acked, nothingLost, random, restart }) => {
    for (let kill = 1; kill <= kills; kill++) {
      const before = acked()
      const moment = random.below(150)
      await until('somebody to be saved', () => acked() > before, 60_000)
      await new Promise((resolve) => setTimeout(resolve, moment))
      await restart(nothingLost)
      if (kill % 10 === 0) console.log(`kill ${kill} of ${kills}: ${acked()} edits acknowledged, none lost`)
    }
    expect(acked()).toBeGreaterThan(kills * 3)
  })
