import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Every file below a path, in a stable order; what is hidden, installed or built is left out.
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => !name.startsWith('.') && name !== 'node_modules' && !/^dist\b/.test(name))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

/**
 * A hash over texts and the contents of files and folders: the same sources give the same stamp, whatever their age.
 * @param {readonly string[]} paths relative to the checkout
 * @param {string} [text]
 */
export function fingerprint(paths, text = '') {
  const hash = createHash('sha256').update(text)
  for (const path of paths.map((path) => join(root, path)).filter((path) => existsSync(path))) {
    for (const file of filesBelow(path)) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/**
 * Whether a stamp file holds this fingerprint.
 * @param {string} file
 * @param {string} stamp
 */
export function isFresh(file, stamp) {
  return existsSync(file) && readFileSync(file, 'utf8') === stamp
}
