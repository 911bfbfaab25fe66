import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runToEnd, startApp, startProcess } from '../support/server.ts'
import { look } from '../support/stored-log.ts'

let root = ''
let data = ''
let backup = ''

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'stafett-backup-'))
  data = join(root, 'data')
  backup = join(root, 'backup')
  const app = await startApp({ dataDir: data })
  await app.stop()
  expect((await ask('backup', '--to', backup)).end).toBe(0)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const askIn = (dataDir: string, ...args: string[]) =>
  runToEnd({ DATA_DIR: dataDir, NODE_COMPILE_CACHE: join(root, 'compiled') }, args)
const ask = (...args: string[]) => askIn(data, ...args)

test('a backup is one folder of plain files that a checksum tool agrees with', async () => {
  expect(readdirSync(backup).sort()).toEqual(['manifest.json', 'municipality.json', 'stafett.db'])
  const manifest = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({ format: 1, logs: 3, database: 'sqlite' })
  const { createHash } = await import('node:crypto')
  const sum = createHash('sha256')
    .update(readFileSync(join(backup, 'stafett.db')))
    .digest('hex')
  expect(manifest.files['stafett.db'].sha256).toBe(sum)
})

test('a backup never overwrites, and leaves nothing behind when it fails', async () => {
  const again = await ask('backup', '--to', backup)
  expect(again).toMatchObject({
    end: 1,
    output: expect.stringMatching(/is there already; .* never overwrites/),
  })
  const none = await askIn(join(root, 'nowhere'), 'backup', '--to', join(root, 'other'))
  expect(none).toMatchObject({ end: 1, output: expect.stringMatching(/There is no database/) })
  expect(readdirSync(root).filter((name) => name.startsWith('other'))).toEqual([])
})

test('a backup with one changed byte is refused before anything is touched', async () => {
  const bad = join(root, 'bad')
  cpSync(backup, bad, { recursive: true })
  const file = join(bad, 'stafett.db')
  const bytes = readFileSync(file)
  bytes[5000] = (bytes[5000] ?? 0) ^ 1
  writeFileSync(file, bytes)
  const target = join(root, 'from-bad')
  const answer = await ask('restore', '--from', bad, '--data-dir', target)
  expect(answer).toMatchObject({ end: 1, output: expect.stringMatching(/stafett\.db .* checksum differs/) })
  expect(existsSync(target)).toBe(false)
  rmSync(file)
  expect((await ask('restore', '--from', bad, '--data-dir', target)).output).toMatch(/lacks its file/)
  expect((await ask('restore', '--from', root, '--data-dir', target)).output).toMatch(/is no backup/)
})

test('restore goes into an empty place, opens there, and a second one gives other numbers', async () => {
  const target = join(root, 'restored')
  const restored = await ask('restore', '--from', backup, '--data-dir', target)
  expect(restored).toMatchObject({ end: 0, output: expect.stringContaining('all agree') })
  const next = () =>
    look(target, (db) =>
      Number(db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'updates'").get()?.['seq']),
    )
  const first = next()
  const said = look(target, (db) => db.prepare('SELECT detail FROM audit ORDER BY seq DESC LIMIT 1').get())
  expect(JSON.parse(String(said?.['detail']))).toMatchObject({ kind: 'restored', next: first + 1 })
  expect((await ask('restore', '--from', backup, '--data-dir', target, '--replace')).end).toBe(0)
  expect(next()).toBeGreaterThan(first)
})

test('restore does not take the folder from under a running server', async () => {
  const server = await startProcess({ dataDir: data })
  const answer = await ask('restore', '--from', backup, '--replace')
  expect(answer).toMatchObject({ end: 1, output: expect.stringMatching(/A Stafett is running on/) })
  expect(await server.end()).toBe(0)
  expect(readdirSync(root).filter((name) => name.startsWith('data.'))).toEqual([])
})

test('verify ends with 1 and one line when something differs; every task tells its options', async () => {
  const target = join(root, 'differs')
  cpSync(data, target, { recursive: true })
  look(target, (db) => db.prepare("UPDATE updates SET author = 'tore' WHERE seq = 3").run())
  const answer = await askIn(target, 'verify')
  expect(answer.end).toBe(1)
  expect(answer.output).toMatch(/^First difference: case\/[^\n]*, update 3: [^\n]*\.$/)
  for (const task of ['verify', 'backup', 'restore']) {
    expect(await ask(task, '--help')).toMatchObject({
      end: 0,
      output: expect.stringContaining(`npm run ${task}`),
    })
    expect(await ask(task, '--loud')).toMatchObject({ end: 1, output: expect.stringContaining('--help') })
  }
  expect((await ask('restore')).output).toMatch(/^Say which backup/)
})
