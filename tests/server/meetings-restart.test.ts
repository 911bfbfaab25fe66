import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { findBlock } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { connect, until } from '../support/client.ts'
import { call, caller, JONAS, meetingAbout, meetingRoutes } from '../support/meeting-calls.ts'
import { startApp, type TestApp } from '../support/server.ts'

const document = documentName(JONAS, 'shared')
let dataDir: string
let app: TestApp
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'stafett-meeting-'))
  app = await startApp({ dataDir })
})
afterAll(async () => {
  await app.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('a server that restarts in the middle of a meeting goes on where it was, and who comes is there', async () => {
  const maren = await caller(app, 'maren')
  const { id } = await call(maren, meetingAbout([JONAS]))
  const params = { id }
  const begun = (await maren.ask(meetingRoutes.start, { params })).meeting
  const item = begun.agenda[1]?.id
  const moved = (await maren.ask(meetingRoutes.move, { params, body: { item } })).meeting
  const minutes = moved.minutesBlocks[0]?.block
  if (!minutes) throw new Error('no minutes')
  await app.stop()
  app = await startApp({ dataDir })

  const again = await caller(app, 'maren')
  const now = (await again.ask(meetingRoutes.one, { params })).meeting
  expect(now).toEqual(moved)
  expect(now.people.find(({ person }) => person === 'silje')?.attended).toBeNull()
  const nurse = await connect(app, await app.signIn('silje'), document, { blocksVersion: BLOCKS_VERSION })
  expect(findBlock(nurse.doc, minutes)).toBeDefined()
  const attended = async () =>
    (await again.ask(meetingRoutes.one, { params })).meeting.people.find(({ person }) => person === 'silje')
      ?.attended
  await until('the nurse to be there', async () => (await attended()) === true)
  nurse.close()
  await again.ask(meetingRoutes.attend, { params, body: { person: 'silje', attended: false } })
  const back = await connect(app, await app.signIn('silje'), document, { blocksVersion: BLOCKS_VERSION })
  await again.ask(meetingRoutes.end, { params, body: { next: null } })
  // What somebody said of it stands, whoever connects.
  expect(await attended()).toBe(false)
  back.close()
})
