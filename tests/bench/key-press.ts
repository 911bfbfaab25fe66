import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { quiet } from './arrival.ts'
import { type Bench, using } from './bench.ts'
import { processorSeconds, untilIdle } from './server-process.ts'
import type { Running } from './system.ts'
import { Typist } from './typist.ts'

const size = 60_000
const pace = 20
/** A server has seen many key presses by the time of an ordinary one; the first make it compile its own code. */
const warmingUp = 600

/** Processor time of the server for an ordinary key press in a log of 60 kB that two people have open. */
export async function keyPress(bench: Bench): Promise<void> {
  const keys = bench.quick ? 150 : 300
  await bench.eachRound('key press in 60 kB', bench.systems, bench.rounds, async (system, round) => {
    const milliseconds = await using(system, bench.folderOf(system, `key-press-${round}`), (server) =>
      measureKeyPress(server, keys),
    )
    bench.report.add('keyPress', system.name, milliseconds)
    return `${milliseconds.toFixed(2)} ms`
  })
}

async function measureKeyPress(server: Running, keys: number): Promise<number> {
  const doc = new Y.Doc()
  const typist = new Typist(doc, 1)
  while (Y.encodeStateAsUpdate(doc).length < size) for (let key = 0; key < 500; key++) typist.type()
  const log = await server.createLog()
  const writer = await server.join(log, 0, doc)
  const reader = await server.join(log, 1)
  await quiet([writer, reader])
  const press = async (count: number) => {
    for (let key = 0; key < count; key++) {
      typist.type()
      await sleep(pace)
    }
    await quiet([writer, reader])
  }
  await press(warmingUp)
  await untilIdle(server.pid, 10_000)
  const began = processorSeconds(server.pid)
  await press(keys)
  // What a server puts off until it is quiet is part of the price.
  await untilIdle(server.pid, 5000)
  const used = processorSeconds(server.pid) - began
  writer.close()
  reader.close()
  return (used * 1000) / keys
}
