import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../../server/launch/build.mjs'
import { fingerprint, isFresh, root } from '../../server/launch/fingerprint.mjs'
import { ensureInstalled, nodeBinary, toolEnvironment } from '../../server/launch/install.mjs'
import { run, tellingTime } from '../../server/launch/process.mjs'

const competitors = join(root, 'tests', 'bench', 'competitors')

/** Installs what we are measured against; its native parts are built for the Node that we run on. */
async function ensureCompetitors() {
  const stampFile = join(competitors, 'node_modules', '.stafett-installed')
  const stamp = fingerprint(['tests/bench/competitors/package-lock.json', 'package-lock.json'])
  if (isFresh(stampFile, stamp)) return true
  console.log(
    'Installing what Stafett is measured against (builds better-sqlite3; up to three minutes, once) …',
  )
  const pinned = join(
    root,
    'node_modules',
    'node',
    'node_modules',
    `node-${process.platform}-${process.arch}`,
  )
  // The pinned Node brings its own headers: nothing is fetched, and a machine-wide nodedir cannot mislead the build.
  const headers = existsSync(join(pinned, 'include')) ? { npm_config_nodedir: pinned } : {}
  const env = { ...toolEnvironment(), ...headers }
  const args = ['ci', '--prefix', competitors, '--no-audit', '--no-fund', '--loglevel=error']
  const code = await tellingTime('still building', () => run('npm', args, { env }))
  if (code !== 0) {
    console.error(`They could not be installed: npm ci ended with code ${code}. Its reason stands above.`)
    return false
  }
  writeFileSync(stampFile, stamp)
  return true
}

/** Whether nothing but Stafett is measured: in the browser, nothing else is. */
function isAlone() {
  const options = /** @type {const} */ ({ only: { type: 'string' }, phases: { type: 'string' } })
  const { only, phases } = parseArgs({ options, strict: false }).values
  return only === 'stafett' || phases === 'browser'
}

/** `npm run bench`: Stafett beside plain Hocuspocus and @y/websocket-server. See `tests/bench/main.ts` for its options. */
async function bench() {
  if (!(await ensureInstalled()) || !(await ensureBuilt())) return 1
  if (!isAlone() && !(await ensureCompetitors())) return 1
  const args = ['--disable-warning=ExperimentalWarning', 'tests/bench/main.ts', ...process.argv.slice(2)]
  return run(nodeBinary(), args, { env: toolEnvironment() })
}

process.exit(await bench())
