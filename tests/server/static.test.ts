import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get, type IncomingHttpHeaders, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib'
import express from 'express'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerErrors } from '../../server/http/errors.ts'
import { serveClient } from '../../server/http/static.ts'

const script = 'const stafett = 1\n'.repeat(500)
let folder = ''
let server: Server
let port = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stafett-static-'))
  writeFileSync(join(folder, 'secret.txt'), 'outside')
  mkdirSync(join(folder, 'dist', 'assets'), { recursive: true })
  mkdirSync(join(folder, 'dist', '.vite'))
  writeFileSync(join(folder, 'dist', 'index.html'), '<!doctype html><title>Stafett</title>')
  writeFileSync(join(folder, 'dist', '.vite', 'manifest.json'), '{}')
  writeFileSync(join(folder, 'dist', 'assets', 'index-Ab12_-9z.js'), script)
  writeFileSync(join(folder, 'dist', 'assets', 'font-Ab12Cd34.woff2'), 'font')
  server = createServer(
    express()
      .use(serveClient(join(folder, 'dist')))
      .use(answerErrors(pino({ level: 'silent' }))),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

type Answer = { status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }

/** Not fetch: it would tidy the path and unpack the body. */
const ask = (path: string, headers: Record<string, string> = {}) =>
  new Promise<Answer>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, headers }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () =>
        resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(chunks) }),
      )
    }).on('error', reject)
  })

test('what the build has packed already is sent as it is', async () => {
  const packed = brotliCompressSync('const stafett = 2')
  writeFileSync(join(folder, 'dist', 'assets', 'packed-Ab12Cd34.js'), script)
  writeFileSync(join(folder, 'dist', 'assets', 'packed-Ab12Cd34.js.br'), packed)
  const { headers, body } = await ask('/assets/packed-Ab12Cd34.js', { 'accept-encoding': 'gzip, br' })
  expect(headers['content-encoding']).toBe('br')
  expect(body).toEqual(packed)
})

test('every page is the app, so that a link to a log can be opened', async () => {
  for (const path of ['/', '/logg/logg-a', '/ny?x=1']) {
    const { status, headers, body } = await ask(path)
    expect(status).toBe(200)
    expect(String(body)).toContain('<title>Stafett')
    expect(headers['cache-control']).toBe('no-cache')
  }
})

test('hashed files are packed and kept for a year, pages asked for again', async () => {
  const path = '/assets/index-Ab12_-9z.js'
  const packed = await ask(path, { 'accept-encoding': 'gzip, deflate, br' })
  expect(packed.headers['content-encoding']).toBe('br')
  expect(String(brotliDecompressSync(packed.body))).toBe(script)
  expect(packed.headers['cache-control']).toContain('immutable')
  expect(packed.headers['content-type']).toContain('text/javascript')
  const zipped = await ask(path, { 'accept-encoding': 'gzip' })
  expect(String(gunzipSync(zipped.body))).toBe(script)
  expect(String((await ask(path)).body)).toBe(script)
  expect(zipped.headers.vary).toBe('Accept-Encoding')
  const again = await ask(path, { 'accept-encoding': 'gzip', 'if-none-match': zipped.headers.etag ?? '' })
  expect(again.status).toBe(304)
  expect(again.body).toHaveLength(0)
  expect(
    (await ask('/assets/font-Ab12Cd34.woff2', { 'accept-encoding': 'br' })).headers['content-encoding'],
  ).toBe(undefined)
})

test('a file that changes is served anew', async () => {
  writeFileSync(join(folder, 'dist', 'note.txt'), 'one')
  expect(String((await ask('/note.txt')).body)).toBe('one')
  writeFileSync(join(folder, 'dist', 'note.txt'), 'three')
  expect(String((await ask('/note.txt')).body)).toBe('three')
})

test('nothing outside the folder, nothing hidden, no broken path', async () => {
  for (const path of [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/.vite/manifest.json',
    '//etc/passwd',
  ]) {
    const { body } = await ask(path)
    expect(String(body)).not.toContain('outside')
    expect(String(body)).not.toBe('{}')
  }
  expect((await ask('/assets/none-Ab12Cd34.js')).status).toBe(404)
  expect((await ask('/%E0%A4%A.js')).status).toBe(400)
  expect((await ask('/a%00b.js')).status).toBe(404)
})
