import { unwatchFile, watchFile } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { Low } from 'lowdb'
import { DataFile } from 'lowdb/node'
import type { Municipality } from '../../shared/services.ts'
import type { Logger } from '../log.ts'
import { StartError } from '../start-error.ts'
import { MunicipalityFault, parseMunicipality } from './check.ts'

export type MunicipalityFile = {
  /** The last good version of the file. */
  current(): Municipality
  /** Called after a new good version has been read. */
  onChange(listener: () => void): void
  stop(): void
}

const FILE = 'municipality.json'
const LOOK_EVERY = 1000

/**
 * The municipality's own hand-edited file, through lowdb. Made from `initial` when it is not there. A bad file is
 * refused with line and reason and the last good one stays in use; a bad one at start is a StartError.
 */
export async function openMunicipality(
  dataDir: string,
  initial: Municipality,
  log: Logger,
): Promise<MunicipalityFile> {
  const path = join(dataDir, FILE)
  const listeners: (() => void)[] = []
  const stringify = (data: Municipality) => `${JSON.stringify(data, null, 2)}\n`
  const file = new Low(new DataFile<Municipality>(path, { parse: parseMunicipality, stringify }), initial)
  const isThere = () =>
    access(path).then(
      () => true,
      () => false,
    )

  try {
    if (await isThere()) await file.read()
    else await file.write()
  } catch (error) {
    throw new StartError(`${path} cannot be used: ${reasonOf(error)}`)
  }

  let good = file.data
  const look = async () => {
    try {
      // Gone for a moment is how many editors save.
      if (!(await isThere())) return
      await file.read()
      good = file.data
      log.info({ services: good.services.length }, `${FILE} read again`)
      for (const listener of listeners) listener()
    } catch (error) {
      log.error(`${FILE} refused, ${reasonOf(error)}; the last good one stays in use`)
    }
  }
  watchFile(path, { interval: LOOK_EVERY, persistent: false }, (now, before) => {
    if (now.mtimeMs !== before.mtimeMs || now.size !== before.size) void look()
  })

  return {
    current: () => good,
    onChange(listener) {
      listeners.push(listener)
    },
    stop() {
      unwatchFile(path)
    },
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof MunicipalityFault) return error.message
  return error instanceof Error ? error.message : 'unreadable'
}
