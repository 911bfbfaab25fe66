import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright'
import { z } from 'zod'
import { goal, measure } from '../../shared/blocks/json.ts'
import { appendBlocks } from '../../shared/case-log/document.ts'
import { BlockId } from '../../shared/ids.ts'
import { quiet } from './arrival.ts'
import { type Bench, using } from './bench.ts'
import { launchBrowser } from './browser.ts'
import { type RunningStafett, stafett } from './stafett.ts'
import { percentile } from './statistics.ts'

const goals = 12
const measuresEach = 5
const screens = 10
const Answer = z.object({
  meeting: z.object({ agenda: z.array(z.object({ id: z.string(), kind: z.string() })) }),
})

/** A meeting of 12 goals and 60 measures: until it stands on a screen, and from a tap on the scale to nine other screens. */
export async function meeting(bench: Bench): Promise<void> {
  if (!bench.systems.includes(stafett)) return
  const browser = await launchBrowser()
  try {
    await bench.eachRound('meeting', [stafett], bench.rounds, async (_, round) => {
      const { opened, taps } = await using(stafett, bench.folderOf(stafett, `meeting-${round}`), (server) =>
        hold(browser, server, bench.quick ? 10 : 30),
      )
      bench.report.add('meetingOpen', stafett.name, opened)
      bench.report.add('tapP50', stafett.name, percentile(taps, 0.5))
      bench.report.add('tapP99', stafett.name, percentile(taps, 0.99))
      return `open ${opened.toFixed(0)} ms, tap to nine screens p99 ${percentile(taps, 0.99).toFixed(0)} ms`
    })
  } finally {
    await browser.close()
  }
}

async function hold(browser: Browser, server: RunningStafett, taps: number) {
  const log = await server.createLog()
  await writeGoals(server, log)
  const id = await startMeeting(server, log)
  const pages: Page[] = []
  for (let person = 0; person < screens; person++) pages.push(await screenOf(browser, server, id, person))
  // Nine sit there when the tenth comes, with the app in the browser's cache, as everybody after the first meeting.
  await sleep(2000)
  const [again] = pages
  if (!again) throw new Error('nobody came')
  const began = performance.now()
  await again.reload({ waitUntil: 'commit' })
  await again
    .locator('.wall-measure')
    .nth(measuresEach - 1)
    .waitFor()
  const opened = performance.now() - began
  const seen = await tapAndSee(pages, taps)
  // Pages of a meeting whose server is gone would look for it all through the next round.
  await Promise.all(pages.map((page) => page.context().close()))
  return { opened, taps: seen }
}

/** Milliseconds from each tap until the frame in which the last of nine other screens shows it. */
async function tapAndSee(pages: readonly Page[], taps: number): Promise<number[]> {
  const [first, ...others] = pages
  const shown: number[] = []
  for (let tap = 0; tap < taps; tap++) {
    const at = (tap % 2 === 0 ? 3 : 1) + 1
    // They look before the tap: what it takes to have them look is not on its way.
    const watched = await Promise.all(others.map((page) => whenShown(page, at)))
    const tapped = await first?.evaluate((at) => {
      const button = document.querySelector<HTMLElement>(`.wall-scale li:nth-child(${at}) button`)
      const now = Date.now()
      button?.click()
      return now
    }, at)
    const times = await Promise.all(watched.map((handle) => handle.evaluate(({ shown }) => shown)))
    shown.push(Math.max(...times) - (tapped ?? 0))
    await sleep(100)
  }
  return shown
}

/** Has a screen note when the frame comes in which a tile stands at a step of the scale, the first being 1. */
const whenShown = (page: Page, at: number) =>
  page.evaluateHandle((at) => {
    // Looking at every frame would keep nine screens drawing: more work than what is measured.
    const shown = new Promise<number>((resolve) => {
      const look = () => {
        if (!document.querySelector(`.wall-scale li:nth-child(${at})[data-standing] .tile`)) return
        changes.disconnect()
        requestAnimationFrame(() => resolve(Date.now()))
      }
      const changes = new MutationObserver(look)
      changes.observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-standing'] })
      look()
    })
    return { shown }
  }, at)

async function screenOf(browser: Browser, server: RunningStafett, id: string, person: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'nb-NO' })
  const [name = '', value = ''] = server.cookie(person).split('=')
  await context.addCookies([{ name, value, url: server.origin }])
  const page = await context.newPage()
  await page.goto(`${server.origin}/mote/${id}`)
  await page
    .locator('.wall-measure')
    .nth(measuresEach - 1)
    .waitFor({ timeout: 60_000 })
  return page
}

async function writeGoals(server: RunningStafett, log: string) {
  const peer = await server.join(log, 0)
  const block = () => BlockId.parse(randomUUID())
  appendBlocks(
    peer.doc,
    Array.from({ length: goals }, (_, at) =>
      goal({ id: block(), status: 'active' }, `Mål ${at + 1}: er på skolen fire dager i uka`, [
        ...Array.from({ length: measuresEach }, (_, which) =>
          measure({ id: block(), status: 'planned' }, `tiltak ${which + 1} til mål ${at + 1}`),
        ),
      ]),
    ),
  )
  await quiet([peer])
  // The agenda is built of rows, which follow the log in a moment.
  await sleep(3000)
  peer.close()
}

async function startMeeting(server: RunningStafett, log: string): Promise<string> {
  const id = randomUUID()
  const headers = { cookie: server.cookie(0), origin: server.origin, 'content-type': 'application/json' }
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${server.origin}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return Answer.parse(await answer.json())
  }
  await send('POST', '/api/meetings', {
    id,
    cases: [log.split('/')[1]],
    kind: 'case',
    title: 'Målt',
    times: [Date.now() + 60_000],
    minutes: 30,
    place: '',
    link: '',
    leader: server.staff[0]?.id,
  })
  const { meeting } = await send('POST', `/api/meetings/${id}/start`)
  const item = meeting.agenda.find(({ kind }) => kind === 'goal')
  if (!item) throw new Error('the agenda has no goal')
  await send('PUT', `/api/meetings/${id}/place`, { item: item.id })
  return id
}
