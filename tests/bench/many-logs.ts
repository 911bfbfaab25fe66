import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { openDatabase } from '../../server/db/open.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { CaseId } from '../../shared/ids.ts'
import { writeYears } from '../support/years.ts'
import { type Bench, using } from './bench.ts'
import { residentMemory, untilIdle } from './server-process.ts'
import { type RunningStafett, stafett } from './stafett.ts'
import type { Peer } from './system.ts'

const open = 300
const updates = 60
/** Between the logs that one person opens, ms. */
const pause = 60
const caseOf = (index: number) => CaseId.parse(`many-${index}`)
const logOf = (index: number) => documentName(caseOf(index), 'shared')

/** Whether a server's memory follows the logs that are open, not those that are stored. */
export async function manyLogs(bench: Bench): Promise<void> {
  if (!bench.systems.includes(stafett)) return
  for (const stored of [open, bench.quick ? 2000 : 10_000]) {
    const folder = bench.folderOf(stafett, `many-${stored}`)
    const [person] = await using(stafett, folder, async ({ staff }) => staff)
    if (!person) throw new Error('the demo has nobody to write')
    await fill(bench, folder, stored, person)
    const figures = await using(stafett, folder, async (server) => {
      const measured = await measure(server)
      await letsGo(server)
      return measured
    })
    const key = stored === open ? 'few' : 'many'
    bench.report.add(`${key}Stored`, stafett.name, figures.closed / 1e6)
    bench.report.add(`${key}Open`, stafett.name, figures.opened / 1e6)
    bench.say(
      `${stored} logs stored: ${Math.round(figures.closed / 1e6)} MB with none open, ` +
        `${Math.round(figures.opened / 1e6)} MB with ${open} open`,
    )
  }
}

async function measure(server: RunningStafett) {
  const peers: Peer[] = []
  try {
    await untilIdle(server.pid, 20_000)
    const closed = residentMemory(server.pid)
    for (let index = 0; index < open; index++) {
      peers.push(await server.join(logOf(index), 0))
      // One person may not ask for this many tickets faster.
      await sleep(pause)
    }
    await untilIdle(server.pid, 20_000)
    const opened = residentMemory(server.pid)
    const held = await logsInMemory(server)
    if (held !== open) throw new Error(`${held} logs are in memory with ${open} open`)
    return { closed, opened }
  } finally {
    for (const peer of peers) peer.close()
  }
}

/** Whether the server lets go of the logs that nobody has open any more. */
async function letsGo(server: RunningStafett) {
  for (let tries = 0; (await logsInMemory(server)) > 0; tries++) {
    if (tries > 100) throw new Error('logs stayed in memory when all had left')
    await sleep(100)
  }
}

async function logsInMemory({ origin }: RunningStafett) {
  const answer = await (await fetch(`${origin}/metrics`)).text()
  return Number(/^stafett_open_logs (\d+)/m.exec(answer)?.[1])
}

async function fill(bench: Bench, folder: string, logs: number, person: RunningStafett['staff'][number]) {
  const storage = await openDatabase({ dataDir: join(folder, 'stafett'), log: pino({ level: 'silent' }) })
  const { rows } = storage
  const { id: maker, service } = person
  try {
    for (let index = 0; index < logs; index++) {
      const id = caseOf(index)
      const subject = { subject_name: `Nummer ${index}`, subject_kind: 'child', subject_about: '' }
      const times = { created_at: 0, updated_at: 0 }
      const by = { coordinator: maker, raised_by: service, created_by: maker }
      await rows
        .insertInto('cases')
        .values({ id, ...subject, status: 'active', level: 1, ...by, ...times })
        .execute()
      await rows
        .insertInto('memberships')
        .values({ case_id: id, person: maker, service, role: 'coordinator', added_at: 0 })
        .execute()
      await writeYears(storage, { document: logOf(index), updates, people: 5, seed: index, atOnce: updates })
      if (index % 2000 === 1999) bench.say(`  ${index + 1} of ${logs} logs written`)
    }
  } finally {
    await storage.close()
  }
}
