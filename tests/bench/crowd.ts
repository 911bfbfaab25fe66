import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { CrowdWriter } from './crowd-writer.ts'
import { processorSeconds } from './server-process.ts'
import { seeded } from './statistics.ts'
import type { Line, Running } from './system.ts'

/** How many logs, and how many people in each of them. */
export type Shape = { readonly logs: number; readonly writers: number; readonly readers: number }

/** What a crowd saw while it wrote at one rate; times in milliseconds. */
export type Stretch = {
  /** Edits a second that this side really sent. */
  readonly rate: number
  readonly arrivals: readonly number[]
  readonly saves: readonly number[]
  /** Arrivals that had not come two seconds after the last edit. */
  readonly missing: number
  /** The server's processor time for one edit. */
  readonly processor: number
  /** Shares of a core that the server and this side used. */
  readonly serverShare: number
  readonly loadShare: number
}

const patience = 2000
const joiningAtOnce = 8

/** People in many logs, who write at a given rate between them. */
export class Crowd {
  readonly #server: Running
  readonly #others: number
  readonly #lines: Line[] = []
  readonly #writers = new Map<number, CrowdWriter>()
  /** What an update held is read once, not by everybody whom it reaches. */
  readonly #read = new Map<string, { client: number; sentAt: number }[]>()
  #arrivals: number[] = []

  constructor(server: Running, { writers, readers }: Shape) {
    this.#server = server
    this.#others = writers + readers - 1
  }

  /** Opens the logs and joins everybody. */
  static async gather(server: Running, shape: Shape, seed: number): Promise<Crowd> {
    const crowd = new Crowd(server, shape)
    const random = seeded(seed)
    const logs = Array.from({ length: shape.logs }, (_, log) =>
      Array.from({ length: shape.writers + shape.readers }, (_, person) => ({
        person: log + person,
        writes: person < shape.writers,
        clientId: Math.floor(random() * 0x7fff_fff0) + 1,
      })),
    )
    const joinSome = async () => {
      for (let people = logs.pop(); people; people = logs.pop()) {
        const log = await server.createLog()
        for (const { person, clientId, writes } of people)
          crowd.#add(await server.line(log, person, clientId), clientId, writes)
      }
    }
    try {
      await Promise.all(Array.from({ length: joiningAtOnce }, joinSome))
    } catch (error) {
      crowd.leave()
      throw error
    }
    // A server may acknowledge the empty answer to its first question: that is nobody's edit.
    await sleep(500)
    for (const writer of crowd.#writers.values()) writer.listen()
    return crowd
  }

  #add(line: Line, clientId: number, writes: boolean) {
    this.#lines.push(line)
    if (writes) this.#writers.set(clientId, new CrowdWriter(line, clientId))
    line.onUpdate((update) => this.#arrived(update, clientId))
  }

  #arrived(update: Uint8Array, reader: number) {
    const now = performance.now()
    const key = Buffer.from(update.buffer, update.byteOffset, update.byteLength).toString('latin1')
    let edits = this.#read.get(key)
    if (!edits) {
      edits = this.#editsIn(update)
      this.#read.set(key, edits)
    }
    for (const { client, sentAt } of edits) if (client !== reader) this.#arrivals.push(now - sentAt)
  }

  #editsIn(update: Uint8Array) {
    const edits: { client: number; sentAt: number }[] = []
    const { from, to } = Y.parseUpdateMeta(update)
    for (const [client, end] of to) {
      for (let clock = from.get(client) ?? end; clock < end; clock++) {
        const sentAt = this.#writers.get(client)?.sentAt(clock)
        if (sentAt !== undefined) edits.push({ client, sentAt })
      }
    }
    return edits
  }

  /** Writes so many edits a second between all writers, for so long. */
  async write(rate: number, seconds: number): Promise<Stretch> {
    const writers = [...this.#writers.values()]
    const edits = Math.round(rate * seconds)
    for (const writer of writers) writer.prepare(Math.ceil(edits / writers.length))
    this.#read.clear()
    this.#arrivals = []
    const processorBefore = processorSeconds(this.#server.pid)
    const loadBefore = process.cpuUsage()
    const began = performance.now()
    const elapsed = () => (performance.now() - began) / 1000
    let sent = 0
    // One that cannot keep up is given half as long again, and no more.
    while (sent < edits && elapsed() < seconds * 1.5) {
      for (const due = Math.min(edits, elapsed() * rate); sent < due; sent++)
        writers[sent % writers.length]?.send()
      await sleep(1)
    }
    const took = elapsed()
    const expected = sent * this.#others
    for (const end = took + patience / 1000; this.#arrivals.length < expected && elapsed() < end; )
      await sleep(5)
    const { user, system } = process.cpuUsage(loadBefore)
    const processor = processorSeconds(this.#server.pid) - processorBefore
    return {
      rate: sent / took,
      arrivals: this.#arrivals,
      saves: writers.flatMap(({ saves }) => saves),
      missing: Math.max(0, expected - this.#arrivals.length),
      processor: (processor * 1000) / sent,
      serverShare: processor / elapsed(),
      loadShare: (user + system) / 1e6 / elapsed(),
    }
  }

  leave() {
    for (const line of this.#lines) line.close()
  }
}
