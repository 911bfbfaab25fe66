import { cpSync, rmSync } from 'node:fs'
import { type Bench, using } from './bench.ts'
import { type LongLog, type Places, storeElsewhere, storeInStafett, typeLongLog } from './long-log.ts'
import { measureOpening, type Written, write } from './opening.ts'
import { onEveryCore } from './processors.ts'
import { stafett } from './stafett.ts'
import type { System } from './system.ts'

const inOneSitting = 20_000
const ways = [
  { key: 'open200k', place: 'checkpoint' },
  { key: 'tail200k', place: 'tail' },
  { key: 'alone200k', place: 'alone' },
] as const

export const longLogEdits = ({ quick }: Bench) => (quick ? 40_000 : 200_000)

/** First open of a log: of a day's 20,000 edits, written flat out; and of 200,000, however they are stored. */
export async function openings(bench: Bench): Promise<void> {
  const keeping = bench.systems.filter(({ keepsLogs }) => keepsLogs)
  await writeFlatOut(bench)
  await onEveryCore(() => storeLongLogs(bench, keeping))
  await bench.eachRound('first open', keeping, bench.rounds, async (system) => {
    const opened: string[] = []
    for (const { key, place } of [{ key: 'open20k', place: 'day' } as const, ...ways]) {
      const written = bench.stored.get(`${key} ${system.name}`)
      if (!written) continue
      const { milliseconds, sent } = await openCopy(bench, system, place, written)
      bench.report.add(key, system.name, milliseconds)
      if (key === 'open200k') bench.report.add('sentOnce', system.name, sent)
      opened.push(`${place} ${milliseconds.toFixed(0)} ms (${sent.toFixed(2)} × its content)`)
    }
    return opened.join(', ')
  })
}

async function writeFlatOut(bench: Bench) {
  const holding = bench.systems.filter(({ holdsLogs }) => holdsLogs)
  await bench.eachRound('20,000 edits flat out', holding, 1, async (system) => {
    const written = await using(system, bench.folderOf(system, 'day'), (server) =>
      write(server, inOneSitting, 10, (done) => bench.say(`  ${system.name}: ${done} edits written`)),
    )
    bench.report.add('rate', system.name, written.rate)
    if (system.keepsLogs) bench.stored.set(`open20k ${system.name}`, written)
    return `${Math.round(written.rate)} edits/s`
  })
}

async function storeLongLogs(bench: Bench, keeping: readonly System[]) {
  const edits = longLogEdits(bench)
  const log = typeLongLog(edits)
  await bench.eachRound(`storing ${edits} edits`, keeping, 1, async (system) => {
    if (system === stafett) await storeOnce(bench, log)
    else
      bench.stored.set(
        `open200k ${system.name}`,
        await storeElsewhere(log, system, bench.folderOf(system, 'checkpoint')),
      )
    return 'stored'
  })
}

const placesOf = ({ folderOf }: Bench): Places => ({
  checkpoint: folderOf(stafett, 'checkpoint'),
  tail: folderOf(stafett, 'tail'),
  alone: folderOf(stafett, 'alone'),
})

/** The long log in Stafett's store, put there by the first phase that needs it; and the folder where it has a checkpoint. */
export async function longLogInStafett(bench: Bench): Promise<{ written: Written; folder: string }> {
  const written = bench.stored.get(`open200k ${stafett.name}`) ?? (await onEveryCore(() => storeOnce(bench)))
  return { written, folder: placesOf(bench).checkpoint }
}

async function storeOnce(bench: Bench, log: LongLog = typeLongLog(longLogEdits(bench))) {
  const written = await storeInStafett(log, placesOf(bench))
  for (const { key } of ways) bench.stored.set(`${key} ${stafett.name}`, written)
  return written
}

/** Opens a log on a server that has just started, on a copy: what opening leaves behind must not help the next one. */
async function openCopy(bench: Bench, system: System, place: string, written: Written) {
  const fresh = bench.folderOf(system, 'fresh')
  rmSync(fresh, { recursive: true })
  cpSync(bench.folderOf(system, place), fresh, { recursive: true })
  return using(system, fresh, (server) => measureOpening(server, written))
}
