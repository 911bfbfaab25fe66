import { join } from 'node:path'
import { root } from './fingerprint.mjs'
import { ensureInstalled, nodeBinary, toolEnvironment } from './install.mjs'
import { runTogether } from './process.mjs'

const port = process.env['PORT'] ?? '3000'

/** `npm run dev`: the server restarts and the client reloads as their sources change; Ctrl-C ends both. */
async function develop() {
  if (!(await ensureInstalled())) return 1
  const env = { ...toolEnvironment(), PORT: port, STAFETT_API: `http://127.0.0.1:${port}` }
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const watch = ['--watch-path=server', '--watch-path=shared', '--watch-preserve-output']
  const server = ['--disable-warning=ExperimentalWarning', ...watch, 'server/main.ts']
  return runTogether([
    { command: nodeBinary(), args: server, env },
    { command: nodeBinary(), args: [vite, '--config', 'client/vite.config.ts'], env },
  ])
}

process.exit(await develop())
