import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isDailyDue } from '../../server/notifications/mailer.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startApp, type TestApp } from '../support/server.ts'

let mail: MailServer
let app: TestApp
const cookies = new Map<string, string>()

beforeEach(async () => {
  mail = await startMailServer()
  app = await startApp({ config: { smtpUrl: mail.url, mailFrom: 'stafett@fjordvik.example' } })
  for (const person of ['maren', 'haakon', 'ragnhild']) cookies.set(person, await app.signIn(person))
})
afterEach(async () => {
  await app.stop()
  await mail.stop()
})

const send = (person: string, method: string, path: string, body: unknown) =>
  fetch(`${app.url}${path}`, {
    method,
    headers: {
      cookie: cookies.get(person) ?? '',
      origin: app.url,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
const choose = (person: string, choice: string) =>
  send(person, 'PUT', '/api/me/notifications', { email: `${person}@fjordvik.example`, mail: choice })
const askPpt = () =>
  send('maren', 'POST', '/api/cases/logg-a/questions', {
    id: randomUUID(),
    service: 'ppt',
    text: 'Har dere observert i gymsalen til Jonas?',
  })
/** What waits in the demo already is written of first, so that a test sees its own letter. */
const written = async (...people: string[]) => {
  await app.app.mailer.sweep()
  const before = mail.letters.length
  expect(mail.letters.every(({ to }) => people.some((person) => to[0]?.startsWith(person)))).toBe(true)
  return before
}

test('at once: one letter to each who wants it, without a word of what, whom or from whom', async () => {
  expect((await choose('haakon', 'atOnce')).status).toBe(200)
  expect((await choose('ragnhild', 'off')).status).toBe(200)
  const before = await written('haakon')
  expect((await askPpt()).status).toBe(200)
  await mail.came(before + 1)
  const letter = mail.letters[before]
  expect(letter).toMatchObject({ to: ['haakon@fjordvik.example'], from: 'stafett@fjordvik.example' })
  const words = decodeURIComponent(
    (letter?.raw ?? '').replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, '%$1'),
  )
  expect(words).toContain('Noe venter på deg i Stafett')
  expect(words).toContain(`${app.url.replace('127.0.0.1', 'localhost')}/`)
  expect(words).not.toMatch(/jonas|maren|bergset|gym|ppt|logg-a|\/logg\//i)
  expect(mail.letters.filter(({ to }) => to[0]?.startsWith('ragnhild'))).toEqual([])
})

test('the same thing is written of once, however often it is looked', async () => {
  await choose('haakon', 'atOnce')
  const before = await written('haakon')
  await askPpt()
  await mail.came(before + 1)
  await app.app.mailer.sweep()
  await app.app.mailer.sweep()
  expect(mail.letters.length).toBe(before + 1)
})

test('a mail server that refuses gets the letter later, and nobody else waits for it', async () => {
  await choose('haakon', 'atOnce')
  const before = await written('haakon')
  mail.refuse(true)
  await askPpt()
  await app.app.mailer.sweep()
  expect(mail.letters.length).toBe(before)
  mail.refuse(false)
  await app.app.mailer.sweep()
  expect(mail.letters.length).toBe(before + 1)
})

test('daily: from seven in the morning in Norway, once a day', () => {
  const at = (text: string) => Date.parse(text)
  expect(isDailyDue(at('2026-11-26T06:59+01:00'), undefined)).toBe(false)
  expect(isDailyDue(at('2026-11-26T07:00+01:00'), undefined)).toBe(true)
  expect(isDailyDue(at('2026-11-26T12:00+01:00'), at('2026-11-26T07:00+01:00'))).toBe(false)
  expect(isDailyDue(at('2026-11-27T07:00+01:00'), at('2026-11-26T23:59+01:00'))).toBe(true)
  // Across the change to summer time seven is still seven.
  expect(isDailyDue(at('2026-06-01T06:59+02:00'), undefined)).toBe(false)
  expect(isDailyDue(at('2026-06-01T07:00+02:00'), undefined)).toBe(true)
})

test('an address that is none is refused by its field, and a server without mail says so', async () => {
  const answer = await send('maren', 'PUT', '/api/me/notifications', { email: 'maren', mail: 'daily' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ error: { code: 'invalidInput', field: 'body.email' } })
  const silent = await startApp()
  const cookie = await silent.signIn('maren')
  const settings = await fetch(`${silent.url}/api/me/notifications`, { headers: { cookie } })
  expect(await settings.json()).toEqual({ email: '', mail: 'off', available: false })
  await silent.stop()
})
