import { afterAll, expect, test } from 'vitest'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { openClient, until } from '../support/client.ts'
import { databaseUrlFor, keepOnPostgres } from '../support/database.ts'
import { surviveKills, threeWriters } from '../support/kills.ts'
import { runToEnd } from '../support/server.ts'

const seed = Number(process.env['FUZZ_SEED'] ?? 1)
const kills = Math.ceil(Number(process.env['FUZZ_RUNS'] ?? 40) / 16)
const restarts = Math.ceil(kills / 2)
const postgres = await keepOnPostgres()
afterAll(() => postgres.stop())

test(
  `${kills} kills of the server on PostgreSQL lose nothing that was acknowledged (seed ${seed})`,
  {
    timeout: 60_000 + kills * 12_000,
  },
  () => surviveKills(seed, kills),
)

test(
  `${restarts} kills of PostgreSQL itself: the log says so, nothing is lost, work goes on by itself (seed ${seed})`,
  {
    timeout: 60_000 + restarts * 30_000,
  },
  () =>
    threeWriters(seed, async ({ server, dataDir, acked, nothingLost, random }) => {
      const { url, port } = server
      const document = 'case/logg-a/shared'
      const cookie = await server.signIn('ragnhild')
      const watcher = openClient(port, document, async (clientId) => {
        const answer = await fetch(`${url}/api/collab/ticket`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie },
          body: JSON.stringify({ document, clientId, blocksVersion: BLOCKS_VERSION }),
        })
        const body: { ticket?: string } = await answer.json()
        return body.ticket ?? ''
      })
      const lastAccess = () => watcher.heard.filter(({ type }) => type === 'access').at(-1)
      try {
        await watcher.synced()
        for (let restart = 1; restart <= restarts; restart++) {
          const before = acked()
          await until('somebody to be saved', () => acked() > before + 10, 60_000)
          await new Promise((resolve) => setTimeout(resolve, random.below(100)))
          await postgres.kill()
          const held = acked()
          await until(
            'the log to say that it is not stored',
            () => {
              const access = lastAccess()
              return access?.type === 'access' && !access.write && access.reason === 'notStored'
            },
            60_000,
          )
          await postgres.start()
          await nothingLost()
          await until('work to go on by itself', () => acked() > held + 10, 60_000)
          await until(
            'the log to say that it is stored again',
            () => {
              const access = lastAccess()
              return access?.type === 'access' && access.write
            },
            60_000,
          )
        }
        const verified = await runToEnd({ DATA_DIR: dataDir, DATABASE_URL: await databaseUrlFor(dataDir) }, [
          'verify',
        ])
        expect(verified).toMatchObject({ end: 0, output: expect.stringContaining('all agree') })
      } finally {
        watcher.close()
      }
    }),
)
