import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { fingerprint, isFresh, root } from './fingerprint.mjs'
import { ensureInstalled, nodeBinary, toolEnvironment } from './install.mjs'
import { run } from './process.mjs'

const dist = join(root, 'client', 'dist')
const stampName = '.stafett-built'

/**
 * Packs code and styles once, so that the first who opens a page after a start need not wait for it.
 *
 * @param {string} folder
 */
async function pack(folder) {
  const packed = readdirSync(folder).filter((name) => /\.(?:js|css)$/.test(name))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  await Promise.all(
    packed.map(async (name) => {
      const path = join(folder, name)
      writeFileSync(`${path}.br`, await promisify(brotliCompress)(readFileSync(path), { params }))
    }),
  )
}

/** Builds the client if its sources changed since the last build. False, after a clear line, when it failed. */
export async function ensureBuilt() {
  const stamp = fingerprint(['client', 'shared', 'package-lock.json', 'tsconfig.json'])
  if (isFresh(join(dist, stampName), stamp)) return true
  console.log('Building the client …')
  const started = Date.now()
  // Built beside and then put in place, so that an interrupted build never leaves half a client.
  const next = `${dist}-${process.pid}`
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--config', 'client/vite.config.ts', '--outDir', next, '--logLevel', 'warn']
  const code = await run(nodeBinary(), args, { env: toolEnvironment() })
  if (code !== 0 || !existsSync(next)) {
    rmSync(next, { recursive: true, force: true })
    console.error(`The client could not be built: Vite ended with code ${code}. Its reason stands above.`)
    return false
  }
  await pack(join(next, 'assets'))
  writeFileSync(join(next, stampName), stamp)
  rmSync(dist, { recursive: true, force: true })
  renameSync(next, dist)
  console.log(`Built in ${Math.round((Date.now() - started) / 100) / 10} s.`)
  return true
}

if (process.argv[1] === import.meta.filename) {
  process.exit((await ensureInstalled()) && (await ensureBuilt()) ? 0 : 1)
}
