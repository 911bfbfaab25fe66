import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Request, RequestHandler, Response } from 'express'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const compressible = /^(?:text\/|image\/svg|application\/)/
/** Vite names what never changes: `assets/name-8charhash.js`. */
const hashed = /^assets\/.+-[\w-]{8}\.\w+$/

type Encoding = 'br' | 'gzip' | 'identity'
type Entry = { version: string; type: string; plain: Buffer; packed: Map<Encoding, Promise<Buffer>> }

const packers = {
  // The build leaves code and styles packed beside the plain ones.
  br: (data, path) =>
    readFile(`${path}.br`).catch(() =>
      promisify(brotliCompress)(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    ),
  gzip: (data) => promisify(gzip)(data, { level: 9 }),
  identity: async (data) => data,
} satisfies Record<Encoding, (data: Buffer, path: string) => Promise<Buffer>>

/** The built client from `folder`: each file packed once and kept in memory; other paths get the app itself. */
export function serveClient(folder: string): RequestHandler {
  const entries = new Map<string, Entry>()

  async function load(name: string): Promise<Entry | undefined> {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (!found?.isFile()) return undefined
    const version = `${found.size.toString(36)}-${found.mtimeMs.toString(36)}`
    const known = entries.get(name)
    if (known?.version === version) return known
    const type = types[extname(name)] ?? 'application/octet-stream'
    const entry = { version, type, plain: await readFile(path), packed: new Map() }
    entries.set(name, entry)
    return entry
  }

  async function send(req: Request, res: Response, name: string, entry: Entry) {
    const encoding = compressible.test(entry.type) ? chooseEncoding(req) : 'identity'
    const tag = `"${entry.version}-${encoding}"`
    res.setHeader('Content-Type', entry.type)
    res.setHeader('Vary', 'Accept-Encoding')
    res.setHeader('ETag', tag)
    res.setHeader('Cache-Control', hashed.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (req.headers['if-none-match'] === tag) {
      res.status(304).end()
      return
    }
    const packing = entry.packed.get(encoding) ?? packers[encoding](entry.plain, join(folder, name))
    entry.packed.set(encoding, packing)
    const body = await packing
    if (encoding !== 'identity') res.setHeader('Content-Encoding', encoding)
    res.setHeader('Content-Length', body.length)
    res.end(req.method === 'HEAD' ? undefined : body)
  }

  return async (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      next()
      return
    }
    const wanted = fileName(req.path)
    const entry = wanted === undefined ? undefined : await load(wanted)
    if (wanted !== undefined && entry) {
      await send(req, res, wanted, entry)
      return
    }
    const isPage = extname(req.path) === ''
    const app = isPage ? await load('index.html') : undefined
    if (app) await send(req, res, 'index.html', app)
    else
      res
        .status(404)
        .type('text/plain')
        .send(isPage ? 'The client is not built: run npm start.\n' : 'Not found\n')
  }
}

/** The file that a path names inside the folder; undefined for what points outside, or to a hidden file. */
function fileName(path: string): string | undefined {
  const name = normalize(decodeURIComponent(path)).slice(1)
  if (name === '' || name.includes('\0') || name.split(sep).some((part) => part.startsWith('.')))
    return undefined
  return name
}

/** Brotli wherever it is accepted: browsers name gzip first without meaning it. */
function chooseEncoding(req: Request): Encoding {
  if (req.acceptsEncodings('br')) return 'br'
  return req.acceptsEncodings('gzip') ? 'gzip' : 'identity'
}
