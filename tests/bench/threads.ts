import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright'
import * as Y from 'yjs'
import { z } from 'zod'
import { LOG_FRAGMENT } from '../../shared/collab/protocol.ts'
import { type Bench, using } from './bench.ts'
import { launchBrowser, logPath, pageOf, writeProse } from './browser.ts'
import { type RunningStafett, stafett } from './stafett.ts'
import { percentile } from './statistics.ts'

const threads = 500
const quoted = 24
const keys = 60
const turns = 60

/** A log of 10,000 words with 500 threads: the longest that anything waits for the page while it scrolls and is typed in. */
export async function manyThreads(bench: Bench): Promise<void> {
  if (!bench.systems.includes(stafett)) return
  const browser = await launchBrowser()
  try {
    await using(stafett, bench.folderOf(stafett, 'threads'), async (server) => {
      const log = await writeProse(server)
      await comment(server, log, bench.say)
      await bench.eachRound('threads', [stafett], bench.rounds, async () => {
        const { scrolled, typed, own } = await scrollAndType(browser, server, log)
        bench.report.add('threadsScroll', stafett.name, scrolled)
        bench.report.add('threadsType', stafett.name, typed)
        bench.report.add('threadsOwn', stafett.name, percentile(own, 0.95))
        return `longest task scrolling ${scrolled.toFixed(0)} ms, typing ${typed.toFixed(0)} ms`
      })
    })
  } finally {
    await browser.close()
  }
}

/** Ten people comment all over the log. */
async function comment(server: RunningStafett, log: string, say: (text: string) => void) {
  const peer = await server.join(log, 0)
  // As they stand before the first mark.
  const lines = peer.doc
    .getXmlFragment(LOG_FRAGMENT)
    .toArray()
    .flatMap((line) => (line instanceof Y.XmlElement ? line.toArray() : []))
    .filter((text) => text instanceof Y.XmlText)
    .filter(({ length }) => length > 5 * (quoted + 6))
    .flatMap((text) => (text._start ? { ...text._start.id, words: text.toJSON() } : []))
  peer.close()
  for (let thread = 0; thread < threads; thread++) {
    const line = lines[Math.floor((thread / threads) * lines.length)]
    if (!line) throw new Error('no line to comment on')
    const from = ((thread * 37) % 5) * (quoted + 6)
    const answer = await fetch(`${server.origin}/api/cases/${log.split('/')[1]}/threads`, {
      method: 'POST',
      headers: {
        cookie: server.cookie(thread),
        origin: server.origin,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        id: randomUUID(),
        anchor: {
          kind: 'text',
          ranges: [{ client: line.client, clock: line.clock + from, length: quoted }],
          quote: line.words.slice(from, from + quoted),
          prefix: '',
          suffix: '',
        },
        comment: { id: randomUUID(), text: `Kommentar ${thread + 1} om det som står her.` },
      }),
    })
    if (!answer.ok) throw new Error(`a comment: ${answer.status} ${await answer.text()}`)
    if (thread % 100 === 99) say(`${thread + 1} threads`)
  }
}

async function scrollAndType(browser: Browser, server: RunningStafett, log: string) {
  const page = await pageOf(browser, server, 0)
  await page.addInitScript(() => {
    const tasks: number[] = []
    Object.assign(window, { benchTasks: tasks })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration)
    }).observe({ type: 'longtask' })
  })
  /** The longest task since this was last asked, ms; 0 where none was longer than 50. */
  const longest = async () => z.number().parse(await page.evaluate('Math.max(0, ...benchTasks.splice(0))'))
  await page.goto(server.origin + logPath(log))
  await page
    .locator('.log-text .commented[data-shown]')
    .nth(threads - 1)
    .waitFor()
  await sleep(2000)
  await longest()
  await page.mouse.move(500, 500)
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, turn < turns / 2 ? 900 : -900)
    await sleep(30)
  }
  await sleep(500)
  const scrolled = await longest()
  await page.locator('.log-text p').nth(3).click()
  await sleep(500)
  await longest()
  for (let key = 0; key < keys; key++) {
    await page.keyboard.press(key % 6 === 5 ? ' ' : 'e')
    await sleep(90)
  }
  await sleep(500)
  const typed = await longest()
  const own = z.array(z.object({ own: z.number() })).parse(await page.evaluate('benchKeys'))
  await page.context().close()
  return { scrolled, typed, own: own.map((key) => key.own) }
}
