import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { z } from 'zod'
import { LOG_FRAGMENT } from '../../shared/collab/protocol.ts'
import { chromiumFlags, ensureChromium, systemChromium } from '../chromium.mjs'
import { quiet } from './arrival.ts'
import type { Written } from './opening.ts'
import { type RunningStafett, stafett } from './stafett.ts'
import { percentile, seeded } from './statistics.ts'
import { Typist } from './typist.ts'

const others = 8
const words = 10_000
const keys = 200
/** A pointer is on what it clicks for a moment before: so long (ms), and never shorter than a tap's way down and up. */
const aHandBeforeItsClick = 150

type Result = { readonly metric: string; readonly value: number }

/** Chromium, as the journeys start it. Throws where there is none. */
export async function launchBrowser(): Promise<Browser> {
  if (!(await ensureChromium())) throw new Error('there is no Chromium; set CHROMIUM_PATH')
  const executablePath = systemChromium()
  return chromium.launch({ args: chromiumFlags, ...(executablePath ? { executablePath } : {}) })
}

/** What a person at a screen waits for: weight of the code, text on screen, and the letter that was just typed. */
export async function measureInBrowser(
  folder: string,
  long: Written,
  rounds: number,
  say: (text: string) => void,
): Promise<Result[]> {
  const browser = await launchBrowser()
  const results: Result[] = []
  const note = (metric: string, value: number, text: string) => {
    results.push({ metric, value })
    say(`${text}: ${value.toFixed(1)}`)
  }
  let server = await stafett.start(folder)
  const prose = await writeProse(server)
  const weight = async (path: string) => (await scriptWeight(browser, server, path)) / 1000
  note('overviewWeight', await weight('/'), 'JavaScript for the overview, kB')
  note('logWeight', await weight(logPath(prose)), 'JavaScript for a log, kB')
  for (let round = 0; round < rounds; round++) {
    await server.stop()
    server = await stafett.start(folder)
    const { clicked, addressed } = await textOnScreen(browser, server, long)
    note('click200k', clicked, `${long.characters} characters, click to text on screen, ms`)
    note('screen200k', addressed, '  from its address, ms')
    const { total, own } = await typeAmongOthers(browser, server, prose)
    note('paintP50', percentile(total, 0.5), 'key press to paint p50, ms')
    note('paintP95', percentile(total, 0.95), 'key press to paint p95, ms')
    note('ownP95', percentile(own, 0.95), '  the app’s own share p95, ms')
  }
  await browser.close()
  await server.stop()
  return results
}

export const logPath = (document: string) => `/logg/${document.split('/')[1]}`

/** A page of the n-th person, signed in. */
export async function pageOf(browser: Browser, server: RunningStafett, person: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'nb-NO' })
  const [name = '', value = ''] = server.cookie(person).split('=')
  await context.addCookies([{ name, value, url: server.origin }])
  await context.addInitScript({ path: join(import.meta.dirname, 'page-probe.js') })
  return context.newPage()
}

async function scriptWeight(browser: Browser, server: RunningStafett, path: string) {
  const page = await pageOf(browser, server, 0)
  const weights: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    weights.push(response.body().then((body) => gzipSync(body).length))
  })
  await page.goto(server.origin + path, { waitUntil: 'networkidle' })
  const sizes = await Promise.all(weights)
  await page.context().close()
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** From the click on a log's row, and from going to its address with the app in the browser's cache, to all of its text painted. */
async function textOnScreen(browser: Browser, server: RunningStafett, { log, characters }: Written) {
  const page = await pageOf(browser, server, 0)
  const shown = async () => {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
      const at = z.number().parse(await page.evaluate('benchScreen.shownAt'))
      if (at > 0) return at
    }
    throw new Error('the text did not come to the screen within a minute')
  }
  await page.goto(server.origin, { waitUntil: 'networkidle' })
  await page.evaluate(`benchScreen.expect(${characters})`)
  const row = page.locator(`main a[href="${logPath(log)}"]`)
  await row.hover()
  await sleep(aHandBeforeItsClick)
  await row.click()
  const clicked = (await shown()) - z.number().parse(await page.evaluate('benchScreen.clickedAt'))
  await page.goto('about:blank')
  await page.goto(`${server.origin}${logPath(log)}#characters=${characters}`)
  const addressed = await shown()
  await page.context().close()
  return { clicked, addressed }
}

/** One person types in the browser while eight others type in the same log. */
async function typeAmongOthers(browser: Browser, server: RunningStafett, log: string) {
  const page = await pageOf(browser, server, 0)
  await page.goto(server.origin + logPath(log))
  const paragraph = page.locator('.log-text p').last()
  await paragraph.waitFor()
  await paragraph.click()
  await page.keyboard.press('End')
  const presences = Array.from({ length: others }, () => new Awareness(new Y.Doc()))
  const peers = await Promise.all(presences.map((presence, index) => server.appear(log, index + 1, presence)))
  let typing = true
  const crowd = Promise.all(
    presences.map(async (presence, index) => {
      const typist = new Typist(presence.doc, 50 + index)
      for (await sleep(index * 25); typing; await sleep(200)) {
        typist.type()
        presence.setLocalState(typist.presence())
      }
    }),
  )
  for (let key = 0; key < keys; key++) {
    await page.keyboard.press(key % 6 === 5 ? ' ' : 'e')
    await sleep(90)
  }
  typing = false
  await crowd
  const samples = z
    .array(z.object({ total: z.number(), own: z.number() }))
    .parse(await page.evaluate('benchKeys'))
  for (const peer of peers) peer.close()
  await page.context().close()
  if (samples.length < keys * 0.9)
    throw new Error(`only ${samples.length} of ${keys} key presses were painted`)
  return { total: samples.map(({ total }) => total), own: samples.map(({ own }) => own) }
}

/** A log of 10,000 words in paragraphs of fifty. */
export async function writeProse(server: RunningStafett) {
  const log = await server.createLog()
  const peer = await server.join(log, 0)
  const random = seeded(7)
  const word = () => 'stafettloggsamarbeid'.slice(0, 3 + Math.floor(random() * 9))
  for (let paragraph = 0; paragraph < words / 50; paragraph++) {
    const element = new Y.XmlElement('paragraph')
    element.insert(0, [new Y.XmlText(Array.from({ length: 50 }, word).join(' '))])
    peer.doc.getXmlFragment(LOG_FRAGMENT).push([element])
  }
  await quiet([peer])
  peer.close()
  return log
}
