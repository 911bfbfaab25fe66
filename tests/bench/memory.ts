import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { quiet } from './arrival.ts'
import { type Bench, using } from './bench.ts'
import { residentMemory } from './server-process.ts'
import type { Line, Peer, Running } from './system.ts'
import { Typist } from './typist.ts'

const logs = 20
const edits = 20_000

const connections = 300

/** What an open log and a connection cost the server in memory. */
export async function memory(bench: Bench): Promise<void> {
  const { systems, rounds, report, folderOf } = bench
  const times = Math.min(rounds, 3)
  await bench.eachRound('memory of a connection', systems, times, async (system, round) => {
    const bytes = await using(system, folderOf(system, `connections-${round}`), measureConnections)
    report.add('memoryConnection', system.name, bytes / 1000)
    return `${(bytes / 1000).toFixed(0)} kB`
  })
  const holding = systems.filter(({ holdsLogs }) => holdsLogs)
  await bench.eachRound('memory of an open log', holding, times, async (system, round) => {
    const bytes = await using(system, folderOf(system, `memory-${round}`), measureMemory)
    report.add('memory', system.name, bytes / 1000)
    return `${(bytes / 1000).toFixed(0)} kB`
  })
}

/** Bytes of server memory per connection to one log. */
async function measureConnections(server: Running): Promise<number> {
  const log = await server.createLog()
  const lines: Line[] = []
  const joinMore = async (most: number) => {
    while (lines.length < most) lines.push(await server.line(log, lines.length, lines.length + 1))
    await sleep(1500)
    return residentMemory(server.pid)
  }
  // The first ones warm up what all share.
  const before = await joinMore(50)
  const after = await joinMore(50 + connections)
  for (const line of lines) line.close()
  return (after - before) / connections
}

/** Bytes of server memory per open log of 20,000 single-character edits, one person in each. */
async function measureMemory(server: Running): Promise<number> {
  const first = await open(server, typed(1))
  await sleep(1500)
  const before = residentMemory(server.pid)
  const peers: Peer[] = []
  for (let log = 0; log < logs; log++) peers.push(await open(server, typed(log + 2)))
  await quiet(peers)
  await sleep(1500)
  const perLog = (residentMemory(server.pid) - before) / logs
  for (const peer of [first, ...peers]) peer.close()
  return perLog
}

const open = async (server: Running, doc: Y.Doc) => {
  const peer = await server.join(await server.createLog(), 0, doc)
  await quiet([peer])
  return peer
}

/** A log typed before the server sees it; it arrives in one update. */
function typed(seed: number) {
  const doc = new Y.Doc()
  const typist = new Typist(doc, seed)
  for (let edit = 0; edit < edits; edit++) typist.type()
  return doc
}
