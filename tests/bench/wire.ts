import { setTimeout as sleep } from 'node:timers/promises'
import { quiet } from './arrival.ts'
import { type Bench, using } from './bench.ts'
import type { Running } from './system.ts'
import { Typist } from './typist.ts'

const keys = 200
const pace = 25

/** Bytes on the wire for one key press: up from the writer, back to the writer, and on to each other person. */
export async function wire(bench: Bench): Promise<void> {
  await bench.eachRound('wire', bench.systems, 1, async (system) => {
    const result = await using(system, bench.folderOf(system, 'wire'), measureWire)
    for (const [key, value] of Object.entries(result)) bench.report.add(key, system.name, value)
    const { wireUp, wireBack, wireOn } = result
    return `${wireUp.toFixed(1)} bytes up, ${wireBack.toFixed(1)} back, ${wireOn.toFixed(1)} to each other person`
  })
}

async function measureWire(server: Running) {
  const log = await server.createLog()
  const writer = await server.join(log, 0)
  const reader = await server.join(log, 1)
  const typist = new Typist(writer.doc, 1)
  for (let key = 0; key < 10; key++) typist.type()
  await quiet([writer, reader])
  const before = { writer: writer.traffic(), reader: reader.traffic() }
  for (let key = 0; key < keys; key++) {
    typist.type()
    await sleep(pace)
  }
  await quiet([writer, reader])
  const after = { writer: writer.traffic(), reader: reader.traffic() }
  writer.close()
  reader.close()
  return {
    wireUp: (after.writer.sent - before.writer.sent) / keys,
    wireBack: (after.writer.received - before.writer.received) / keys,
    wireOn: (after.reader.received - before.reader.received) / keys,
  }
}
