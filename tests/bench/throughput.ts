import { setTimeout as sleep } from 'node:timers/promises'
import { type Bench, using } from './bench.ts'
import { Crowd, type Shape, type Stretch } from './crowd.ts'
import { highestRate } from './highest-rate.ts'
import { percentile } from './statistics.ts'
import type { System } from './system.ts'

/** The pace at which processor time and "saved" are compared: 300 people who write three letters a second. */
const pace = 900
const limit = 100
const shapes: readonly (Shape & { key: string; title: string; rounds: number })[] = [
  { key: '1', title: 'one document', rounds: 3, logs: 1, writers: 10, readers: 0 },
  { key: '300', title: '300 documents', rounds: 2, logs: 300, writers: 1, readers: 1 },
]

/** What 900 edits a second cost, and how many a second arrive at everybody with p99 under 100 ms; in one document and in 300. */
export async function throughput(bench: Bench): Promise<void> {
  const { report, quick, folderOf } = bench
  for (const shape of shapes) {
    const guesses = new Map<System, number>()
    await bench.eachRound(
      shape.title,
      bench.systems,
      Math.min(bench.rounds, shape.rounds),
      async (system, round) =>
        using(system, folderOf(system, `throughput-${shape.key}-${round}`), async (server) => {
          const crowd = await Crowd.gather(server, shape, round + 1)
          try {
            const steady = await atPace(crowd, quick ? 2 : 3)
            const add = (key: string, value: number) => report.add(`${key}${shape.key}`, system.name, value)
            add('processor', steady.processor)
            add('steadyP99', percentile(steady.arrivals, 0.99))
            if (system.acknowledges) {
              add('steadySavedP50', percentile(steady.saves, 0.5))
              add('steadySavedP99', percentile(steady.saves, 0.99))
            }
            const { rate, loadWasTheLimit } = await climb(crowd, guesses.get(system) ?? 2000, quick)
            if (rate > 0) guesses.set(system, rate * 0.85)
            add('sustained', rate)
            if (loadWasTheLimit) report.atLeast(`sustained${shape.key}`, system.name)
            const saved = system.acknowledges
              ? `, saved p99 ${percentile(steady.saves, 0.99).toFixed(1)} ms`
              : ''
            return `${(steady.processor * 1000).toFixed(0)} µs an edit${saved}; ${loadWasTheLimit ? 'at least ' : ''}${Math.round(rate)} edits/s`
          } finally {
            crowd.leave()
          }
        }),
    )
  }
}

async function atPace(crowd: Crowd, seconds: number): Promise<Stretch> {
  await crowd.write(pace, 1)
  await sleep(500)
  const stretch = await crowd.write(pace, seconds)
  if (stretch.missing > 0) throw new Error(`${stretch.missing} arrivals are missing at ${pace} edits/s`)
  return stretch
}

async function climb(crowd: Crowd, start: number, quick: boolean) {
  let loadWasTheLimit = false
  const once = async (rate: number) => {
    const stretch = await crowd.write(rate, quick ? 1 : 1.5)
    const late = percentile(stretch.arrivals, 0.99) >= limit
    const overrun = stretch.rate < rate * 0.95 || stretch.missing > 0
    // Where this side had nothing left and the server had, the server could have more.
    if (late || overrun) loadWasTheLimit = stretch.loadShare > 0.9 && stretch.serverShare < 0.9
    await sleep(late || overrun ? 1000 : 100)
    return { good: !late && !overrun, overrun }
  }
  /** One hiccup is not the limit: who was late but kept up may try again. */
  const holds = async (rate: number) => {
    const { good, overrun } = await once(rate)
    return good || (!overrun && (await once(rate)).good)
  }
  const range = { factor: 1.5, halvings: 1, least: 50, most: 40_000 }
  return { rate: await highestRate(holds, { start, ...range }), loadWasTheLimit }
}
