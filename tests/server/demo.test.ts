import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPeople } from '../../server/demo/people.ts'
import { outline } from '../../shared/case-log/outline.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { CaseId } from '../../shared/ids.ts'
import { connect } from '../support/client.ts'
import { startApp, type TestApp } from '../support/server.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

async function read(person: string, id: string) {
  const log = await connect(app, await app.signIn(person), documentName(CaseId.parse(id), 'shared'))
  const read = outline(log.doc)
  const bylines = log.heard.flatMap((message) => (message.type === 'bylines' ? message.bylines : []))
  log.close()
  return { ...read, bylines }
}

test('A: Jonas’ log says what the domain says', async () => {
  const { goals, concerns, text, decisions, duplicates, bylines } = await read('maren', 'logg-a')
  expect(concerns[0]?.text).toBe('18 % fravær siden høstferien. Magevondt om morgenen, alene i friminutt.')
  expect(text).toContain('«Jeg gruer meg mest til garderoben.»')
  expect(text).toMatch(/skolen, skolehelsetjenesten og PPT .* 30\.06\.2027\. Fastlegen er ikke med/)
  expect(text).toContain('Jeg tror det er uro, ikke skolevegring.')
  expect(text).toContain('Uenig, vi ser det bare før gym. Tas i møtet.')
  expect(goals.map(({ title }) => title)).toEqual(['Jonas er på skolen fire dager i uka innen 18.12.2026.'])
  expect(goals[0]).toMatchObject({ number: 1, status: 'active', stepMinus1: '3 dager', step0: '4 dager' })
  expect(goals[0]?.measures.map((one) => [one.service, one.text, one.status])).toEqual([
    ['fjordvik-skole', 'voksen møter ved porten 08.15', 'underway'],
    ['skolehelsetjenesten', 'ukentlig samtale', 'underway'],
    ['ppt', 'to observasjoner', 'planned'],
    ['hjem', 'fast kveldsrutine', 'underway'],
  ])
  expect(goals[0]?.evaluations.at(-1)).toMatchObject({
    text: 'Tre dager i snitt. Porten hjelper. Endres: egen inngang.',
    score: -1,
    outcome: 'change',
  })
  expect(decisions).toHaveLength(1)
  expect(duplicates).toEqual([])
  // Each wrote their own lines, in their own time.
  expect(new Set(bylines.map(({ person }) => person))).toEqual(
    new Set(['maren', 'camilla', 'silje', 'haakon', 'amina', 'jostein']),
  )
  expect(Math.max(...bylines.map(({ at }) => at))).toBe(Date.parse('2026-11-20T09:35+01:00'))
})

test('B: Sara’s log says what the domain says', async () => {
  const { goals, concerns, text } = await read('ida', 'logg-b')
  expect(concerns[0]?.text).toBe('Toordssetninger på norsk og polsk, trekker seg fra rollelek.')
  expect(goals[0]?.title).toBe(
    'Sara tar initiativ i lek med minst tre ord, tre ganger om dagen, innen 01.03.2027.',
  )
  expect(goals[0]?.measures.map((one) => one.status)).toEqual(['underway', 'underway', 'planned', 'done'])
  for (const words of [
    'Hun synger nå hjemme.',
    'Lysglimt!',
    'væske i øret, henvist fastlege',
    'overlevering til skole',
  ]) {
    expect(text).toContain(words)
  }
  expect(goals[0]?.latestRatings.map(({ service, score }) => [service, score])).toEqual([
    ['tyttebaer-barnehage', -1],
    ['hjem', 0],
  ])
})

test('C: Arne’s log says what the domain says', async () => {
  const { goals, decisions, text } = await read('nora', 'logg-c')
  expect(goals[0]?.title).toBe('Arne går til postkassen med rullator daglig innen 15.12.2026.')
  expect(decisions[0]?.text).toBe('smerteplaster seponeres')
  for (const words of [
    'Oppe to ganger, ustø. Flyttet til dagvakt 08.00.',
    'Sett. Nattlys bestilt.',
    'ikke gitt, han sov',
    'Til porten med støtte, bedring.',
    'ny henvisning til fysioterapi',
    'fall: høy',
  ]) {
    expect(text).toContain(words)
  }
})

test('every measure underway has a service and a person, one of the demo’s or home', async () => {
  const ids = new Set<string>(demoPeople.map(({ id }) => id))
  for (const [person, id] of [
    ['maren', 'logg-a'],
    ['ida', 'logg-b'],
    ['nora', 'logg-c'],
  ] as const) {
    for (const { measures } of (await read(person, id)).goals) {
      for (const { service, person: responsible } of measures) {
        expect(service).not.toBeNull()
        expect(responsible === 'home' || (responsible !== null && ids.has(responsible))).toBe(true)
      }
    }
  }
})
