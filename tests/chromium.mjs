import { existsSync } from 'node:fs'
import { toolEnvironment } from '../server/launch/install.mjs'
import { run } from '../server/launch/process.mjs'

/** Flags that keep a test browser quiet: no first-run pages, no background traffic, no sandbox (containers). */
export const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The machine's own Chromium, or undefined where only Playwright's download can help. */
export function systemChromium() {
  return [process.env['CHROMIUM_PATH'], ...usualPlaces].find((path) => path && existsSync(path))
}

/** Sees to it that there is a Chromium: the machine's, Debian's, or Playwright's. False when none could be had. */
export async function ensureChromium() {
  if (systemChromium()) return true
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log('Installing Chromium with apt-get. Only needed once; about a minute …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], { env })
    await run('apt-get', ['install', '-y', '-qq', 'chromium'], { env })
    if (systemChromium()) return true
  }
  console.log('Looking for Chromium through Playwright; fetching it takes a minute, once …')
  return (await run('playwright', ['install', 'chromium'], { env: toolEnvironment() })) === 0
}
