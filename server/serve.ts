import type { Server } from 'node:http'
import { type App, build } from './app.ts'
import type { Config } from './config.ts'
import { openDatabase, type Storage } from './db/open.ts'
import { fjordvik } from './demo/municipality.ts'
import { seedDemo } from './demo/seed.ts'
import { faultOf, type Logger } from './log.ts'
import { openMunicipality } from './municipality/municipality.ts'
import { StartError } from './start-error.ts'

export type Running = {
  readonly app: App
  readonly storage: Storage
  readonly port: number
  readonly url: string
  /** Closes sockets with `serverStopping`, stores what is under way, and lets go of the data folder. */
  stop(): Promise<void>
}

type Options = { config: Config; log: Logger; clock?: () => number }

/** Opens the data folder, fills an empty one with the demo, and listens. What hinders it is a StartError. */
export async function serve({ config, log, clock = Date.now }: Options): Promise<Running> {
  const { app, storage, close } = await open({ config, log, clock })
  try {
    const port = await listen(app.server, config)
    return {
      app,
      storage,
      port,
      url: config.publicUrl || addressOf(config.host, port),
      stop: () => stop(app, close),
    }
  } catch (error) {
    await stop(app, close)
    throw error
  }
}

/** Derives all rows again from the logs, without listening. */
export async function rebuild({ config, log, clock = Date.now }: Options): Promise<void> {
  const { app, close } = await open({ config, log, clock })
  try {
    await app.collab.rebuildProjection('all', (done, of) => log.info(`log ${done} of ${of}`))
  } finally {
    await stop(app, close)
  }
}

async function open({ config, log, clock }: Required<Options>) {
  const storage = await openDatabase({ ...config, log, clock })
  try {
    const municipality = await openMunicipality(config.dataDir, fjordvik, log)
    const close = async () => {
      clearInterval(sweep)
      clearInterval(letters)
      municipality.stop()
      await storage.close()
    }
    const app = build({ config, log, storage, municipality, clock })
    const sweep = setInterval(() => {
      app.sessions.endExpired().catch((error) => log.error(faultOf(error), 'sessions could not be ended'))
    }, SWEEP)
    sweep.unref()
    const letters = setInterval(() => void app.mailer.sweep(), LETTERS)
    letters.unref()
    await seedDemo({ ...app, rows: storage.rows, municipality, log, clock })
    await app.collab.rebuildProjection('behind', (done, of) =>
      log.info(`rows of log ${done} of ${of} followed`),
    )
    return { app, storage, close }
  } catch (error) {
    await storage.close()
    throw error
  }
}

function listen(server: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(startError(error, host, port)))
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function startError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} is taken. Set PORT to another, or end what runs there.`)
    case 'EACCES':
      return new StartError(`Port ${port} may not be used by this user. Set PORT to one above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`HOST is ${JSON.stringify(host)}, which is no address of this machine.`)
    default:
      return error
  }
}

/** How soon after its time a session's sockets close. */
const SWEEP = 20_000
/** How often it is looked whether a letter is due. */
const LETTERS = 60_000
/** How long requests that are under way may take once the server stops. */
const LAST_REQUESTS = 1000

async function stop({ server, collab, events, news, histories, mailer }: App, close: () => Promise<void>) {
  const ended = new Promise<void>((resolve) => {
    if (server.listening) server.close(() => resolve())
    else resolve()
  })
  events.stop()
  await collab.stop()
  await news.stop()
  await mailer.stop()
  server.closeIdleConnections()
  const impatient = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS)
  await ended
  clearTimeout(impatient)
  await histories.close()
  await close()
}

function addressOf(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
