import { keepOnPostgres } from '../support/database.ts'
import type { TestPostgres } from '../support/postgres.ts'
import { expect, expectEqual, expectSaved, share, status, test } from './log-people.ts'
import { threeServices } from './three-services.ts'

let postgres: TestPostgres
test.beforeAll(async () => {
  postgres = await keepOnPostgres()
})
test.afterAll(() => postgres.stop())

test('three services write in one log on PostgreSQL; when it goes down the screen says so, and goes on by itself', async ({
  stage,
  enter,
}) => {
  const maren = await threeServices(stage, enter)
  await postgres.kill()
  await share(maren.page, 'Skrevet mens databasen var nede.')
  await expect(status(maren.page)).toContainText('Ikke lagret')
  await postgres.start()
  await expectSaved(maren.page)
  await expectEqual([maren, await enter('tore')], 'Skrevet mens databasen var nede.')
})
