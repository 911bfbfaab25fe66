import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/** Holds the house of the README's map: its rooms, their directions, and what may not creep in. */
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Files longer than 250 lines, each with its reason. */
const longFiles: Record<string, string> = {}

/** Dependencies that no source file imports by name, each with its reason. */
const usedWithoutImport: Record<string, string> = {
  node: 'the runtime itself, started by server/launch',
  '@tiptap/extension-floating-menu': 'pulled in by @tiptap/react; named to pin its version',
  '@tiptap/extension-node-range': 'peer of @tiptap/extension-drag-handle, which imports it',
}

const topLevel = [
  'client',
  'server',
  'shared',
  'tests',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'LICENSE',
]

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file && existsSync(join(root, file)))
const sources = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file))

const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** Static and dynamic imports, re-exports and side-effect imports; a relative one as a path from the root. */
function importsOf(file: string) {
  const found = read(file).matchAll(
    /(?:\bfrom\s+|\bimport\s*\(?\s*|\bimport\.meta\.resolve\()['"]([^'"\n]+)['"]/g,
  )
  return [...found].map(([, name = '']) =>
    name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
  )
}

/** Sources of one room that import what the room may not know. */
function trespasses(room: string, forbidden: RegExp, except: readonly string[] = []) {
  return sources
    .filter((file) => file.startsWith(`${room}/`) && !except.includes(file))
    .flatMap((file) => importsOf(file).map((name) => `${file} imports ${name}`))
    .filter((line) => forbidden.test(line.split(' imports ')[1] ?? ''))
}

describe('the house', () => {
  test('holds nothing else on its top level', () => {
    const entries = new Set(files.map((file) => file.split('/')[0] ?? ''))
    expect([...entries].filter((entry) => !entry.startsWith('.') && !topLevel.includes(entry))).toEqual([])
  })

  test('has no room or file for what nobody named', () => {
    const vague = /^(utils?|helpers?|misc|common|lib|stuff)(\.|$)/i
    expect(files.filter((file) => file.split('/').some((part) => vague.test(part)))).toEqual([])
  })

  test('keeps every file short enough to read in one go', () => {
    const tooLong = files.filter(
      (file) =>
        /\.(ts|tsx|mjs|css)$/.test(file) && read(file).trimEnd().split('\n').length > 250 && !longFiles[file],
    )
    expect(tooLong).toEqual([])
  })
})

describe('directions', () => {
  test('shared knows neither client nor server, no React and no Node', () => {
    expect(
      trespasses('shared', /^(client\/|server\/|tests\/|react|@tiptap\/react|node:|express|ws$)/),
    ).toEqual([])
  })

  test('shared stands on zod, Yjs (with the lib0 it is written in) and Tiptap alone', () => {
    const allowed = /^(shared\/|zod$|yjs$|lib0\/|@tiptap\/(core|pm\/|extension|y-tiptap))/
    const imported = sources
      .filter((file) => file.startsWith('shared/'))
      .flatMap((file) => importsOf(file).map((name) => [file, name] as const))
    expect(imported.filter(([, name]) => !allowed.test(name))).toEqual([])
  })

  test('the client never reaches into the server', () => {
    expect(trespasses('client', /^(server\/|tests\/|node:)/, ['client/vite.config.ts'])).toEqual([])
  })

  test('the server never reaches into the client and never loads React', () => {
    expect(trespasses('server', /^(client\/|tests\/|react|@tiptap\/react)/)).toEqual([])
  })

  test('only main.ts and the launch scripts read the environment', () => {
    const readers = sources.filter((file) => /^(server|shared|client\/(?!vite))/.test(file))
    const allowed = /^server\/(main\.ts|launch\/)/
    expect(readers.filter((file) => read(file).includes('process.env') && !allowed.test(file))).toEqual([])
  })
})

describe('types', () => {
  test('nothing silences the compiler', () => {
    const directive = /@ts-(ignore|nocheck|expect-error)/
    const silencer = /[:<|]\s*any\b|\bas (any|never|unknown as)\b/
    const code = sources.filter((file) => file !== 'tests/shared/house.test.ts')
    const found = code.flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, index) =>
          directive.test(line) || silencer.test(line.replace(/\/\/.*|'[^']*'|`[^`]*`|^\s*\*.*/g, ''))
            ? [`${file}:${index + 1}`]
            : [],
        ),
    )
    expect(found).toEqual([])
  })

  test('every relative import names its file', () => {
    const relative = sources.flatMap((file) => importsOf(file).map((name) => ({ file, name })))
    const missing = relative.filter(
      ({ name }) =>
        /^(client|server|shared|tests)\//.test(name) && !existsSync(join(root, name.replace(/\?.*$/, ''))),
    )
    expect(missing).toEqual([])
  })
})

describe('dependencies', () => {
  const {
    dependencies,
    devDependencies,
  }: Record<'dependencies' | 'devDependencies', Record<string, string>> = JSON.parse(read('package.json'))

  test('are pinned to one version each, and name no registry', () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d/.test(version),
    )
    expect(loose).toEqual([])
    expect(read('package-lock.json')).not.toContain('"resolved"')
    expect(`${read('package-lock.json')}${read('.npmrc')}`).not.toMatch(
      /registry=|https?:\/\/[^"]*(registry|npm\.pkg)/,
    )
  })

  test('are declared wherever they are imported', () => {
    const declared = { ...dependencies, ...devDependencies }
    const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')
    const strangers = sources
      .filter((file) => !file.startsWith('tests/bench/competitors/'))
      .flatMap((file) => importsOf(file).map((name) => [file, packageOf(name)] as const))
      .filter(([, name]) => !/^(client|server|shared|tests|node:.*)$/.test(name) && !(name in declared))
    expect(strangers).toEqual([])
  })

  test('are all in use', () => {
    const text = files
      .filter((file) => /\.(ts|tsx|mjs|css|html)$/.test(file))
      .map(read)
      .join('\n')
    const unused = Object.keys(dependencies).filter(
      (name) => !usedWithoutImport[name] && !new RegExp(`['"]${name}(/[^'"]*)?['"]`).test(text),
    )
    expect(unused).toEqual([])
  })

  test.runIf(existsSync(join(root, 'README.md')))('are all explained in the README', () => {
    const readme = read('README.md')
    const explained = (name: string) => readme.includes(name) || readme.includes(`${name.split('/')[0]}/*`)
    const unexplained = Object.keys(dependencies).filter((name) => !explained(name))
    expect(unexplained).toEqual([])
  })
})

test('the same noun is spelled the same in every room', () => {
  const nouns = new Set(
    files
      .filter((file) => file.startsWith('shared/'))
      .map((file) => basename(file.split('/')[1] ?? '', '.ts')),
  )
  const spelled = (name: string) => name.toLowerCase().replace(/[-_]/g, '').replace(/s$/, '')
  const strangers = files
    .filter((file) => /^(client|server)\//.test(file))
    .map((file) => basename(file.split('/')[1] ?? '', '.ts'))
    .filter((name) => [...nouns].some((noun) => noun !== name && spelled(noun) === spelled(name)))
  expect([...new Set(strangers)]).toEqual([])
})
