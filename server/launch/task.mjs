import { ensureInstalled, nodeBinary, toolEnvironment } from './install.mjs'
import { run } from './process.mjs'

/** `npm run verify`, `backup`, `restore` and `move`: what server/tasks.ts knows, on the pinned Node. */
async function task() {
  if (!(await ensureInstalled())) return 1
  const args = ['--disable-warning=ExperimentalWarning', 'server/main.ts', ...process.argv.slice(2)]
  return run(nodeBinary(), args, { env: toolEnvironment() })
}

process.exit(await task())
