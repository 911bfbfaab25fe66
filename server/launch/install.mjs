import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fingerprint, isFresh, root } from './fingerprint.mjs'
import { run, tellingTime } from './process.mjs'

const bin = join(root, 'node_modules', '.bin')
const stampFile = join(root, 'node_modules', '.stafett-installed')
const pinnedNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/** The Node that Stafett runs on: the pinned one from npm, or the machine's own where that is as new. */
export function nodeBinary() {
  return existsSync(pinnedNode) ? pinnedNode : process.execPath
}

/** The environment of everything we start: the pinned Node and the installed tools come first on the PATH. */
export function toolEnvironment() {
  return { ...process.env, PATH: [bin, process.env['PATH']].join(delimiter) }
}

/** Installs what package-lock.json says, if that is missing or stale. False, after a clear line, when it failed. */
export async function ensureInstalled() {
  const stamp = installStamp()
  if (isFresh(stampFile, stamp) && existsSync(pinnedNode)) return true
  console.log(`Installing packages. Only needed now and when they change; about half a minute …`)
  const started = Date.now()
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const code = await tellingTime('still installing', () => run('npm', args, { env: systemEnvironment() }))
  if (code !== 0) {
    console.error(`Stafett could not be installed: npm ci ended with code ${code}. Its reason stands above.`)
    return false
  }
  if (!existsSync(pinnedNode) && Number.parseInt(process.versions.node, 10) < 26) {
    console.error(
      'Stafett needs Node 26. npm brings it along, unless install scripts are off (ignore-scripts).',
    )
    return false
  }
  writeFileSync(stampFile, stamp)
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
  return true
}

/** What an installation depends on: the lock, the wanted packages, and the machine they were fetched for. */
function installStamp() {
  const { dependencies, devDependencies, allowScripts } = readJson('package.json')
  const wanted = JSON.stringify({ dependencies, devDependencies, allowScripts })
  return fingerprint(['package-lock.json', '.npmrc'], `${wanted} ${process.platform} ${process.arch}`)
}

/** npm itself must not run on the Node that it is about to replace. */
function systemEnvironment() {
  const PATH = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
    .join(delimiter)
  return { ...process.env, PATH }
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'))
}
