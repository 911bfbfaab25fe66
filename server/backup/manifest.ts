import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { StartError } from '../start-error.ts'

export const DATABASE_FILE = 'stafett.db'
export const MUNICIPALITY_FILE = 'municipality.json'
export const MANIFEST_FILE = 'manifest.json'

/** What a backup says of itself. The audit's last hash is worth writing down elsewhere: nobody can rewrite what it seals. */
export const Manifest = z.object({
  format: z.literal(1),
  made: z.iso.datetime(),
  /** What the copy was made of; the copy itself is always a SQLite file. */
  database: z.enum(['sqlite', 'postgresql']),
  logs: z.number(),
  updates: z.number(),
  lastUpdate: z.number(),
  lastAudit: z.object({ seq: z.number(), hash: z.string() }),
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
})
export type Manifest = z.infer<typeof Manifest>

/** Size and checksum of a file, as the manifest holds them. */
export async function sealOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    if (!(chunk instanceof Uint8Array)) continue
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** The manifest of a backup, when every file in it is as it was written; else a StartError that names the file. */
export async function readBackup(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST_FILE)
  if (!existsSync(path)) throw new StartError(`${folder} is no backup: it has no ${MANIFEST_FILE}.`)
  const manifest = parse(path)
  for (const [name, seal] of Object.entries(manifest.files)) {
    const file = join(folder, basename(name))
    if (!existsSync(file)) throw new StartError(`The backup ${folder} lacks its file ${name}.`)
    const found = await sealOf(file)
    if (found.sha256 !== seal.sha256)
      throw new StartError(
        `${file} is not as the backup wrote it: its checksum differs. Nothing was restored.`,
      )
  }
  if (!manifest.files[DATABASE_FILE]) throw new StartError(`The backup ${folder} has no ${DATABASE_FILE}.`)
  return manifest
}

function parse(path: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new StartError(`${path} cannot be read, or is of a newer Stafett.`)
  }
}
