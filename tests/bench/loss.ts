import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { type Bench, using } from './bench.ts'
import { seeded } from './statistics.ts'
import type { Peer, Running, System } from './system.ts'
import { Typist } from './typist.ts'

const people = 5
const pace = 4
/** How long a server may take, once it is back, to send what it has. */
const patience = 3000

/** What a server had promised to each client id: the clocks at which the edits ended that it had called saved or passed on. */
type Promised = ReadonlyMap<number, readonly number[]>

/**
 * Five people write, the server is killed with SIGKILL at a random moment and started again: how many edits are gone
 * that it had called saved. A server that never says so has promised what it had passed on to a colleague.
 */
export async function loss(bench: Bench): Promise<void> {
  const kills = bench.quick ? 2 : Math.max(3, bench.rounds)
  await bench.eachRound('kill -9', bench.systems, kills, async (system, round) => {
    const folder = bench.folderOf(system, 'loss')
    const random = seeded(round + 1)
    const server = await system.start(folder)
    const { log, promised } = await writeUntilKilled(server, system, round, 500 + random() * 3500)
    const edits = [...promised.values()].reduce((sum, ends) => sum + ends.length, 0)
    if (edits === 0) throw new Error('nothing had been promised when it was killed')
    const lost = await using(system, folder, (again) => countLost(again, log, promised))
    bench.report.add('promised', system.name, edits)
    bench.report.add('lost', system.name, lost)
    return `${lost} of ${edits} ${system.acknowledges ? 'acknowledged' : 'passed on'} edits are gone`
  })
}

async function writeUntilKilled(server: Running, system: System, round: number, milliseconds: number) {
  const peers: Peer[] = []
  try {
    const log = await server.createLog()
    for (let person = 0; person < people; person++) peers.push(await server.join(log, person))
    const watched = peers.map((peer) => watch(peer, system.acknowledges))
    const typists = peers.map(({ doc }, index) => new Typist(doc, round * people + index))
    const end = performance.now() + milliseconds
    for (let edit = 0; performance.now() < end; edit++) {
      typists[edit % people]?.type()
      await sleep(pace)
    }
    await server.kill()
    const promised: Promised = new Map(
      watched.map(({ client, saved }, index) => [client, saved(peers[(index + 1) % people])]),
    )
    return { log, promised }
  } finally {
    for (const peer of peers) peer.close()
    await server.kill()
  }
}

/** Notes where each of a writer's edits ends, and which of them the server has promised to keep. */
function watch(peer: Peer, acknowledged: boolean) {
  const client = peer.doc.clientID
  const ends: number[] = []
  let acknowledgements = 0
  peer.doc.on('update', (_update: Uint8Array, _origin: unknown, doc: Y.Doc, change: Y.Transaction) => {
    if (change.local) ends.push(Y.getState(doc.store, client))
  })
  peer.onSaved(() => acknowledgements++)
  return {
    client,
    saved(colleague: Peer | undefined) {
      if (acknowledged) return ends.slice(0, acknowledgements)
      const arrived = colleague ? Y.getState(colleague.doc.store, client) : 0
      return ends.filter((end) => end <= arrived)
    },
  }
}

/** How many of the promised edits a fresh reader does not get. */
async function countLost(server: Running, log: string, promised: Promised): Promise<number> {
  const reader = await server.join(log, people)
  const lost = () =>
    [...promised].reduce((sum, [client, ends]) => {
      const kept = Y.getState(reader.doc.store, client)
      return sum + ends.filter((end) => end > kept).length
    }, 0)
  for (const end = performance.now() + patience; lost() > 0 && performance.now() < end; ) await sleep(50)
  reader.close()
  return lost()
}
