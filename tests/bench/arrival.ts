import { setTimeout as sleep } from 'node:timers/promises'
import type * as Y from 'yjs'
import { type Bench, using } from './bench.ts'
import { percentile } from './statistics.ts'
import type { Peer, Running } from './system.ts'
import { Typist } from './typist.ts'

const people = 10
const pace = 20

type Arrival = { arrivalP50: number; arrivalP99: number; savedP50: number; savedP99: number }

/** Arrival and "saved" at the pace of a lively meeting. */
export async function arrivals(bench: Bench): Promise<void> {
  await bench.eachRound('arrival', bench.systems, bench.rounds, async (system, round) => {
    const result = await using(system, bench.folderOf(system, `arrival-${round}`), (server) =>
      measureArrival(server, bench.quick ? 150 : 350),
    )
    const { arrivalP50, arrivalP99, savedP99 } = result
    for (const [key, value] of Object.entries(result)) bench.report.add(key, system.name, value)
    const saved = system.acknowledges ? `, saved p99 ${savedP99.toFixed(1)} ms` : ''
    return `p50 ${arrivalP50.toFixed(2)} ms, p99 ${arrivalP99.toFixed(1)} ms${saved}`
  })
}

/** Ten people in one log, one character every 20 ms between them: how long until the nine others have it, and until it is saved. */
async function measureArrival(server: Running, edits: number): Promise<Arrival> {
  const log = await server.createLog()
  const peers: Peer[] = []
  for (let person = 0; person < people; person++) peers.push(await server.join(log, person))
  const sentAt = new Map<string, number>()
  const arrivals: number[] = []
  const saves: number[] = []
  let counting = false

  for (const peer of peers) {
    const waiting: number[] = []
    let began = Number.NaN
    peer.doc.on('beforeTransaction', (change: Y.Transaction, doc: Y.Doc) => {
      if (!change.local) return
      began = counting ? performance.now() : Number.NaN
      if (counting) sentAt.set(`${doc.clientID}:${change.beforeState.get(doc.clientID) ?? 0}`, began)
    })
    peer.doc.on('update', (_update: Uint8Array, _origin: unknown, doc: Y.Doc, change: Y.Transaction) => {
      const now = performance.now()
      if (change.local) waiting.push(began)
      for (const [client, after] of change.afterState) {
        for (let clock = change.beforeState.get(client) ?? 0; clock < after; clock++) {
          const sent = sentAt.get(`${client}:${clock}`)
          if (client !== doc.clientID && sent !== undefined) arrivals.push(now - sent)
        }
      }
    })
    peer.onSaved(() => {
      const sent = waiting.shift() ?? Number.NaN
      if (!Number.isNaN(sent)) saves.push(performance.now() - sent)
    })
  }

  const typists = peers.map((peer, index) => new Typist(peer.doc, index + 1))
  await quiet(peers)
  const warmUp = 100
  for (let edit = 0; edit < warmUp + edits; edit++) {
    counting = edit >= warmUp
    typists[edit % people]?.type()
    await sleep(pace)
  }
  const expected = sentAt.size * (people - 1)
  for (const deadline = Date.now() + 10_000; arrivals.length < expected && Date.now() < deadline; )
    await sleep(10)
  await quiet(peers)
  for (const peer of peers) peer.close()
  if (arrivals.length < expected)
    throw new Error(`${expected - arrivals.length} of ${expected} arrivals are missing`)
  return {
    arrivalP50: percentile(arrivals, 0.5),
    arrivalP99: percentile(arrivals, 0.99),
    savedP50: percentile(saves, 0.5),
    savedP99: percentile(saves, 0.99),
  }
}

/** Waits until nothing is unacknowledged and what was sent has had time to arrive. */
export async function quiet(peers: readonly Peer[]): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; ) {
    if (peers.every(({ pending }) => (pending?.() ?? 0) === 0)) break
    if (Date.now() > deadline) throw new Error('changes stayed unacknowledged for a minute')
    await sleep(5)
  }
  await sleep(200)
}
