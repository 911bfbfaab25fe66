import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { appendParagraph } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { ServerEvent } from '../../shared/events.ts'
import { CaseId } from '../../shared/ids.ts'
import { connect, until } from '../support/client.ts'
import { startApp, type TestApp } from '../support/server.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

async function listen(person: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${app.port}/api/events`, {
    headers: { cookie: await app.signIn(person) },
  })
  const heard: ServerEvent[] = []
  const raw: string[] = []
  socket.on('message', (data) => {
    raw.push(String(data))
    heard.push(ServerEvent.parse(JSON.parse(String(data))))
  })
  await new Promise((resolve) => socket.once('open', resolve))
  return { socket, heard, raw }
}

test('who writes shows to the members of that log, with ids only, and to nobody else', async () => {
  const [camilla, haakon, nora] = [await listen('camilla'), await listen('haakon'), await listen('nora')]
  const log = await connect(app, await app.signIn('maren'), documentName(CaseId.parse('logg-a'), 'shared'))
  appendParagraph(log.doc, 'Ingen andre skal lese dette.')
  await log.saved()
  for (const { heard } of [camilla, haakon]) {
    await until('who writes', () => heard.some(({ type }) => type === 'writing'))
    await until('the row to change', () =>
      heard.some((event) => event.type === 'case' && event.case === 'logg-a'),
    )
    const writing = heard.find((event) => event.type === 'writing')
    expect(writing).toMatchObject({ case: 'logg-a', person: 'maren', service: 'fjordvik-skole' })
    expect(writing && writing.until - Date.now()).toBeGreaterThan(1000)
  }
  expect(camilla.raw.join()).not.toContain('Ingen andre')
  const late = await listen('camilla')
  await until('a newcomer to see who writes', () => late.heard.some(({ type }) => type === 'writing'))
  late.socket.close()
  // Her own log's rows may still be on their way from the start; of this one she hears nothing.
  expect(nora.heard.filter((event) => 'case' in event && event.case === 'logg-a')).toEqual([])
  log.close()
  for (const { socket } of [camilla, haakon, nora]) socket.close()
})

test('a new municipality.json is told of', async () => {
  const { heard, socket } = await listen('nora')
  app.app.events.municipalityChanged()
  await until('the news', () => heard.some(({ type }) => type === 'municipality'))
  socket.close()
})

test('a socket that sends much is cut off, and the server stands', async () => {
  const { socket } = await listen('nora')
  socket.on('error', () => {})
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  socket.send('x'.repeat(5000))
  expect(await closed).toBe(1009)
  expect((await fetch(`${app.url}/api/health`)).status).toBe(200)
})
