import pg from 'pg'
import { faultOf, type Logger } from '../log.ts'
import { StartError } from '../start-error.ts'
import { LOCKS } from './dialect.ts'
import { connectionConfig, placeOf } from './postgres-pool.ts'

export type PostgresWriter = {
  /** Runs work on the one connection that writes updates; nothing else does meanwhile. */
  run<T>(work: (client: pg.Client) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A server that was killed, or a connection that broke, leaves its lock when the database notices: nearly at once. */
const LOCK_AT_START = 3000
const LOCK_AGAIN = 1000

/**
 * The connection that holds the database for this server: a second server on the same database would miss what the
 * first one sends. When the connection breaks, the next call makes a new one and takes the lock again.
 */
export async function openWriter(url: string, log: Logger): Promise<PostgresWriter> {
  let current: pg.Client | undefined
  let last: Promise<unknown> = Promise.resolve()

  async function connect(within: number): Promise<pg.Client> {
    const client = new pg.Client(connectionConfig({ url }))
    const gone = () => {
      if (current === client) current = undefined
    }
    client.on('error', (error) => {
      log.warn(faultOf(error), 'the connection to the database broke')
      gone()
    })
    client.on('end', gone)
    await client.connect()
    try {
      await takeLock(client, within)
      return client
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
  }

  async function takeLock(client: pg.Client, within: number) {
    for (const end = performance.now() + within; ; ) {
      const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS held', [LOCKS.server])
      if (rows[0]?.held === true) return
      if (performance.now() > end)
        throw new StartError(
          `Another Stafett is running on the database ${placeOf(url)}. End it, or set DATABASE_URL.`,
        )
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  async function perform<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = current ?? (await connect(LOCK_AGAIN))
    current = client
    try {
      return await work(client)
    } catch (error) {
      // Whatever it was, a connection in the middle of something is not used again.
      if (current === client) current = undefined
      void client.end().catch(() => {})
      throw error
    }
  }

  current = await connect(LOCK_AT_START)
  return {
    run(work) {
      const mine = last.then(() => perform(work))
      last = mine.catch(() => {})
      return mine
    },
    async close() {
      await last
      await current?.end()
    },
  }
}
