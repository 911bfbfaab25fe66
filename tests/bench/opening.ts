import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { quiet } from './arrival.ts'
import type { Peer, Running } from './system.ts'
import { charactersOf, clocksOf, holds, Typist } from './typist.ts'

const inFlight = 100

export type Written = {
  readonly log: string
  readonly clocks: ReadonlyMap<number, number>
  /** Fewer than its edits: a new paragraph is an edit as well. */
  readonly characters: number
  /** Edits a second, flat out. */
  readonly rate: number
}

/** Writes a log of single-character edits through the server, as fast as it acknowledges (or passes on) what they type. */
export async function write(
  server: Running,
  edits: number,
  writers: number,
  progress: (done: number) => void,
): Promise<Written> {
  const log = await server.createLog()
  const peers: Peer[] = []
  for (let person = 0; person < writers; person++) peers.push(await server.join(log, person))
  const typists = peers.map((peer, index) => new Typist(peer.doc, 1000 + index))
  const started = performance.now()
  let reported = started
  for (let edit = 0; edit < edits; ) {
    for (const [index, peer] of peers.entries()) {
      for (let burst = 0; burst < 10 && edit < edits && hasRoom(peer, peers); burst++, edit++)
        typists[index]?.type()
    }
    // Lets the sockets work between bursts.
    await new Promise((resolve) => setImmediate(resolve))
    if (performance.now() - reported > 5000) {
      reported = performance.now()
      progress(edit)
    }
  }
  await agree(peers)
  const rate = edits / ((performance.now() - started) / 1000)
  await quiet(peers)
  const doc = peers[0]?.doc ?? new Y.Doc()
  for (const peer of peers) peer.close()
  return { log, clocks: clocksOf(doc), characters: charactersOf(doc), rate }
}

/** Whether a writer may go on: not too far ahead of the acknowledgements, or, without those, of a colleague's copy. */
function hasRoom(peer: Peer, peers: readonly Peer[]) {
  if (peer.pending) return peer.pending() < inFlight
  const colleague = peers.find((other) => other !== peer)
  const own = Y.getState(peer.doc.store, peer.doc.clientID)
  const arrived = colleague ? Y.getState(colleague.doc.store, peer.doc.clientID) : own
  return own - arrived < inFlight
}

/** Waits until everybody holds everything that anybody wrote. */
async function agree(peers: readonly Peer[]) {
  const all = new Map(peers.map(({ doc }) => [doc.clientID, Y.getState(doc.store, doc.clientID)]))
  for (const deadline = Date.now() + 120_000; ; await sleep(2)) {
    if (peers.every(({ doc, pending }) => (pending?.() ?? 0) === 0 && holds(doc, all))) return
    if (Date.now() > deadline) throw new Error('ten people did not come to the same text within two minutes')
  }
}

/** Milliseconds from asking for a log to holding its whole content; and what was sent for that, as a multiple of the content. */
export async function measureOpening(server: Running, { log, clocks }: Written) {
  const doc = new Y.Doc()
  const started = performance.now()
  const complete = new Promise<number>((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`${log} was not complete within a minute`)), 60_000)
    const look = () => {
      if (!holds(doc, clocks)) return
      clearTimeout(timeout)
      doc.off('update', look)
      resolve(performance.now() - started)
    }
    doc.on('update', look)
  })
  const [milliseconds, peer] = await Promise.all([complete, server.join(log, 0, doc)])
  // A second copy comes right after the first.
  await sleep(300)
  const sent = peer.traffic().received / Y.encodeStateAsUpdate(doc).length
  peer.close()
  return { milliseconds, sent }
}
