import {
  Kysely,
  OperationNodeTransformer,
  PostgresDialect,
  type PrimitiveValueListNode,
  type ValueNode,
} from 'kysely'
import pg from 'pg'
import { recordAudit } from '../audit/audit.ts'
import { faultOf, type Logger } from '../log.ts'
import { migrate } from './migrate.ts'
import type { Storage } from './open.ts'
import { connectionConfig, placeOf, postgresStartError } from './postgres-pool.ts'
import { postgresUpdateStore } from './postgres-update-store.ts'
import { openWriter } from './postgres-writer.ts'
import type { Database } from './schema.ts'

type Options = { databaseUrl: string; log: Logger; clock: () => number }

/** Rows and log on PostgreSQL, for this server alone. Fails with a StartError. */
export async function openPostgres({ databaseUrl, log, clock }: Options): Promise<Storage> {
  const pools: pg.Pool[] = []
  const poolOf = (max: number) => {
    const pool = new pg.Pool({ ...connectionConfig({ url: databaseUrl }), max })
    // An idle connection that breaks would end the process.
    pool.on('error', (error) => log.warn(faultOf(error), 'an idle connection to the database broke'))
    pools.push(pool)
    return pool
  }
  try {
    const writer = await openWriter(databaseUrl, log)
    const reader = poolOf(4)
    const rows = postgresRows(poolOf(10))
    const close = async () => {
      await rows.destroy()
      await reader.end()
      await writer.close()
    }
    try {
      await warnUnlessDurable(reader, log)
      const made = await migrate(rows, placeOf(databaseUrl))
      if (made.length > 0) log.info({ migrations: made }, 'database brought up to date')
    } catch (error) {
      await close()
      throw error
    }
    return {
      rows,
      updates: postgresUpdateStore(writer, reader, clock),
      async inOneGo(writes) {
        await rows.transaction().execute(async (trx) => {
          for (const write of writes) await trx.executeQuery(write.compile())
        })
      },
      async record(entries, at) {
        await rows.transaction().execute(async (trx) => {
          for (const entry of entries) await recordAudit(trx, entry, at)
        })
      },
      close,
    }
  } catch (error) {
    throw postgresStartError(error, databaseUrl)
  }
}

/** Kysely on a pool of connections. */
export const postgresRows = (pool: pg.Pool): Kysely<Database> =>
  new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [
      {
        transformQuery: ({ node }) => storable.transformNode(node),
        transformResult: async ({ result }) => result,
      },
    ],
  })

/** PostgreSQL has no text with U+0000 in it; somebody may have pasted one. */
export const withoutNul = (text: string): string => text.replaceAll('\u0000', '\uFFFD')

const clean = (value: unknown): unknown => (typeof value === 'string' ? withoutNul(value) : value)

const storable = new (class extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return { ...super.transformValue(node), value: clean(node.value) }
  }
  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...super.transformPrimitiveValueList(node), values: node.values.map(clean) }
  }
})()

async function warnUnlessDurable(pool: pg.Pool, log: Logger) {
  const { rows } = await pool.query<{ fsync: string }>('SHOW fsync')
  if (rows[0]?.fsync === 'off')
    log.warn('PostgreSQL runs with fsync = off: what is saved does not outlive a power cut')
}
