import { ensureBuilt } from './build.mjs'
import { ensureInstalled, nodeBinary, toolEnvironment } from './install.mjs'
import { runTogether } from './process.mjs'

/** `npm start`: installs and builds what is missing or stale, then runs the server on the pinned Node. */
async function start() {
  if (!(await ensureInstalled()) || !(await ensureBuilt())) return 1
  const args = ['--disable-warning=ExperimentalWarning', 'server/main.ts', ...process.argv.slice(2)]
  return runTogether([{ command: nodeBinary(), args, env: toolEnvironment() }])
}

process.exit(await start())
