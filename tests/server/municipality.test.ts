import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fjordvik } from '../../server/demo/municipality.ts'
import { MunicipalityFault, parseMunicipality } from '../../server/municipality/check.ts'
import { contrast } from '../../server/municipality/contrast.ts'
import { lineAt } from '../../server/municipality/json-lines.ts'
import { type MunicipalityFile, openMunicipality } from '../../server/municipality/municipality.ts'
import { until } from '../support/client.ts'

const text = `${JSON.stringify(fjordvik, null, 2)}\n`

function faultOf(bad: string): MunicipalityFault {
  try {
    parseMunicipality(bad)
  } catch (error) {
    if (error instanceof MunicipalityFault) return error
    throw error
  }
  throw new Error('it was accepted')
}
const lineOf = (part: string, within = text) => within.slice(0, within.indexOf(part)).split('\n').length

test('Fjordvik is a good municipality: every colour is easy to read, none louder than another', () => {
  expect(parseMunicipality(text)).toEqual(fjordvik)
  for (const { colour } of fjordvik.services) {
    expect(contrast(colour.solid, '#ffffff')).toBeGreaterThanOrEqual(6)
    expect(contrast(colour.solid, '#ffffff')).toBeLessThanOrEqual(7.5)
    expect(contrast(colour.text, colour.tint)).toBeGreaterThanOrEqual(6)
  }
})

test('contrast is WCAG’s', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

test.each([
  ['a colour that white cannot be read on', '"solid": "#0e6c43"', '"solid": "#59c2a1"', /4\.5:1/],
  ['a colour that is none', '"solid": "#0e6c43"', '"solid": "green"', /a colour such as/],
  ['a tile twice', '"tile": "BH"', '"tile": "SK"', /another service has the tile «SK»/],
  ['a tile that is no tile', '"tile": "BH"', '"tile": "bhg"', /services\.1\.tile/],
  ['an id twice', '"id": "barnevern"', '"id": "ppt"', /another service has the id/],
  ['a kind that is not known', '"kind": "dayCentre"', '"kind": "gym"', /services\.9\.kind/],
  ['a setting out of range', '"silentAfterDays": 14', '"silentAfterDays": 0', /settings\.silentAfterDays/],
])('%s is refused with its line', (_what, good, bad, reason) => {
  const changed = text.replace(good, bad)
  expect(changed).not.toBe(text)
  const fault = faultOf(changed)
  expect(fault.reason).toMatch(reason)
  expect(fault.line).toBe(lineAt(text, text.indexOf(good)))
})

test('broken JSON is refused on the line where it breaks', () => {
  expect(faultOf('{\n  "name": "Fjordvik"\n  "services": []\n}').line).toBe(3)
  expect(faultOf('{\n  "name": "Fjordvik",\n}').line).toBe(3)
  expect(faultOf('{\n  "name": "Fjordvik').reason).toMatch(/not JSON|too early/)
  expect(faultOf('').reason).toMatch(/too early/)
  expect(faultOf('[]').line).toBe(1)
})

let folder = ''
let file: MunicipalityFile
const told: string[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stafett-municipality-'))
  file = await openMunicipality(folder, fjordvik, pino({}, { write: (line: string) => told.push(line) }))
})
afterAll(() => {
  file.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('the file is made for the municipality to edit, and an edit shows without a restart', async () => {
  const path = join(folder, 'municipality.json')
  expect(readFileSync(path, 'utf8')).toBe(text)
  let changes = 0
  file.onChange(() => {
    changes += 1
  })
  writeFileSync(path, text.replace('Fjordvik kommune', 'Fjordvik og Sund'))
  await until('the new name', () => file.current().name === 'Fjordvik og Sund')
  expect(changes).toBe(1)
})

test('a bad edit is told of with line and reason, and the last good one stays in use', async () => {
  const path = join(folder, 'municipality.json')
  told.length = 0
  const bad = text.replace('"tile": "BH"', '"tile": 7')
  writeFileSync(path, bad)
  await until('the refusal', () => told.some((line) => line.includes('refused')))
  expect(told.join()).toContain(`line ${lineOf('"tile": 7', bad)}: services.1.tile`)
  expect(file.current().name).toBe('Fjordvik og Sund')
  writeFileSync(path, text)
  await until('the good one again', () => file.current().name === 'Fjordvik kommune')
})

test('a bad file at the start is a StartError', async () => {
  const other = mkdtempSync(join(tmpdir(), 'stafett-municipality-'))
  writeFileSync(join(other, 'municipality.json'), '{"name": 3}')
  await expect(openMunicipality(other, fjordvik, pino({ level: 'silent' }))).rejects.toThrow(/line 1: name/)
  rmSync(other, { recursive: true, force: true })
})
