import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { expect, test, vi } from 'vitest'

const LIMIT = 180_000
const root = fileURLToPath(new URL('../../client/', import.meta.url))

test('the overview loads less than 180 kB of JavaScript, gzipped, and none of the editor or zod', async () => {
  // Vitest says «test», for which React would bring its development build.
  vi.stubEnv('NODE_ENV', 'production')
  const built = await build({
    root,
    configFile: `${root}vite.config.ts`,
    logLevel: 'silent',
    build: { write: false, sourcemap: false },
  })
  vi.unstubAllEnvs()
  const outputs: Rolldown.RolldownOutput[] = Array.isArray(built) ? built : 'output' in built ? [built] : []
  const chunks = new Map<string, Rolldown.OutputChunk>()
  for (const part of outputs.flatMap(({ output }) => output))
    if (part.type === 'chunk') chunks.set(part.fileName, part)
  const loaded = new Set<Rolldown.OutputChunk>()
  const load = (chunk: Rolldown.OutputChunk | undefined) => {
    if (!chunk || loaded.has(chunk)) return
    loaded.add(chunk)
    for (const name of chunk.imports) load(chunks.get(name))
  }
  load([...chunks.values()].find((chunk) => chunk.isEntry))

  const modules = [...loaded].flatMap((chunk) => Object.keys(chunk.modules))
  expect(modules.filter((id) => /node_modules\/(zod|yjs|@tiptap|@hocuspocus)\//.test(id))).toEqual([])
  const bytes = [...loaded].reduce((sum, { code }) => sum + gzipSync(code).length, 0)
  // A sheet that came before the order of the layers would turn all of them round.
  const html = outputs.flatMap(({ output }) => output).find(({ fileName }) => fileName === 'index.html')
  const page = html?.type === 'asset' ? String(html.source) : ''
  expect(page.indexOf('@layer reset')).toBeGreaterThan(0)
  expect(page.indexOf('@layer reset')).toBeLessThan(page.indexOf('<link rel="stylesheet"'))
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(LIMIT)
}, 60_000)
