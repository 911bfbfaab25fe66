import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { arrivals } from './arrival.ts'
import { atRest } from './at-rest.ts'
import { createBench } from './bench.ts'
import { measureInBrowser } from './browser.ts'
import { fanOut } from './fan-out.ts'
import { history } from './history.ts'
import { hocuspocusInMemory, hocuspocusSqlite } from './hocuspocus.ts'
import { keyPress } from './key-press.ts'
import { loss } from './loss.ts'
import { manyLogs } from './many-logs.ts'
import { meeting } from './meeting.ts'
import { memory } from './memory.ts'
import { metrics } from './metrics.ts'
import { longLogInStafett, openings } from './openings.ts'
import { pin, pinningFault, unpin } from './processors.ts'
import { markdown, table } from './report.ts'
import { stafett } from './stafett.ts'
import { manyThreads } from './threads.ts'
import { throughput } from './throughput.ts'
import { wire } from './wire.ts'
import { yWebsocket } from './y-websocket.ts'

/** In the order in which they run; `whole` ones may use every core, as a whole machine does. */
const phases = [
  { name: 'arrival', run: arrivals },
  { name: 'throughput', run: throughput },
  { name: 'key-press', run: keyPress },
  { name: 'wire', run: wire },
  { name: 'opening', run: openings },
  { name: 'history', run: history, whole: true },
  { name: 'memory', run: memory },
  { name: 'loss', run: loss },
  { name: 'at-rest', run: atRest, whole: true },
  { name: 'many-logs', run: manyLogs, whole: true },
  { name: 'browser', run: browser, whole: true },
  { name: 'meeting', run: meeting, whole: true },
  { name: 'threads', run: manyThreads, whole: true },
]

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    phases: { type: 'string', default: phases.map(({ name }) => name).join() },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    /** Adds to what is in the file already: a long run in pieces. */
    more: { type: 'boolean', default: false },
    out: { type: 'string', default: 'tests/output/bench.json' },
  },
})
const out = resolve(import.meta.dirname, '..', '..', values.out)
const Earlier = z.object({ rounds: z.number(), report: z.unknown() })
const earlier =
  values.more && existsSync(out) ? Earlier.parse(JSON.parse(readFileSync(out, 'utf8'))) : undefined
const bench = createBench({
  systems: [stafett, hocuspocusInMemory, hocuspocusSqlite, yWebsocket, fanOut].filter(
    ({ name }) => !values.only || values.only.split(',').some((part) => name.toLowerCase().includes(part)),
  ),
  rounds: values.quick ? Math.min(2, Number(values.rounds)) : Number(values.rounds),
  quick: values.quick,
  done: earlier?.rounds ?? 0,
  postgres: values.postgres,
})
const { systems, report, say } = bench
if (earlier) report.takeIn(earlier.report)
const rounds = bench.rounds + (earlier?.rounds ?? 0)

async function browser() {
  if (!systems.includes(stafett)) return
  const { written, folder } = await longLogInStafett(bench)
  const results = await measureInBrowser(folder, written, bench.rounds, say)
  for (const { metric, value } of results) report.add(metric, stafett.name, value)
}

function print() {
  const rows = metrics
    .filter(({ key }) => systems.some(({ name }) => report.samples(key, name).length > 0))
    .map((metric) => {
      const measured = report.samples(metric.key, stafett.name).length > 0
      const aim = metric.aim && measured ? `${metric.aim.text} ${verdict(metric.aim.met(report))}` : ''
      return [metric.title, ...systems.map(({ name }) => report.cell(metric, name)), aim]
    })
  const size = values.quick ? ' · quick: 40,000 edits instead of 200,000' : ''
  console.log(`\nMedians of interleaved rounds (ranges)${size} · ${cpus().length} × ${cpus()[0]?.model}\n`)
  const lines = [['', ...systems.map(({ name }) => name), 'aim'], ...rows]
  console.log(table(lines))
  console.log(systems.map(({ name, note }) => `\n${name}: ${note}`).join(''))
  const pinning = pinningFault()
  if (pinning !== undefined) console.log(`\n${unpinned(pinning)}`)
  if (bench.failures.length > 0) console.log(`\nNot measured:\n${bench.failures.join('\n')}`)
  mkdirSync(dirname(out), { recursive: true })
  const { length, 0: first } = cpus()
  const machine = { cpus: length, model: first?.model, node: process.version, pinned: pinning === undefined }
  const when = new Date().toISOString()
  const { quick } = values
  const { failures } = bench
  writeFileSync(out, `${JSON.stringify({ when, machine, rounds, quick, failures, report }, null, 2)}\n`)
  const copy = out.replace(/(\.json)?$/, '.md')
  writeFileSync(copy, `${markdown(lines)}\n`)
  console.log(`\nEvery sample: ${out}\nThe table for the README: ${copy}`)
}

const verdict = (met: boolean | undefined) =>
  met === undefined ? '(nothing to compare with)' : met ? '✓' : '✗'
const unpinned = (reason: string) =>
  `!! PROCESSORS ARE NOT PINNED: ${reason}. Server and load disturb each other; do not compare these figures.`

process.setMaxListeners(0)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    // What was measured until now is worth keeping.
    bench.fail('the run', 'it was broken off')
    print()
    process.exit(130)
  })
const chosen = values.phases.split(',')
for (const name of chosen) {
  if (phases.some((phase) => phase.name === name)) continue
  console.error(`There is no phase ${name}; there are ${phases.map((phase) => phase.name).join(', ')}.`)
  process.exit(2)
}
const fault = pinningFault()
if (fault !== undefined) console.log(unpinned(fault))
for (const { name, run, whole = false } of phases) {
  if (!chosen.includes(name)) continue
  try {
    if (whole) unpin()
    else pin()
    await run(bench)
  } catch (error) {
    bench.fail(name, error)
  }
}
print()
process.exit(bench.failures.length > 0 ? 1 : 0)
