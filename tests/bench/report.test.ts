import { expect, test } from 'vitest'
import { metrics } from './metrics.ts'
import { Report } from './report.ts'
import { median, percentile } from './statistics.ts'

const metric = { key: 'open', title: 'first open', unit: 'ms', digits: 1 }

test('a percentile is the nearest rank, a median the middle or the mean of the two in it', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(percentile(hundred, 0.5)).toBe(50)
  expect(percentile(hundred, 0.99)).toBe(99)
  expect(percentile([7], 0.99)).toBe(7)
  expect(percentile([], 0.5)).toBeNaN()
  expect(median([9, 1, 5])).toBe(5)
  expect(median([9, 1, 5, 6])).toBe(5.5)
  expect(median([])).toBeNaN()
})

test('a cell tells median and range, leaves out what could not be measured, and marks lower bounds', () => {
  const report = new Report()
  for (const value of [30, 10, Number.NaN, 20.04]) report.add('open', 'one', value)
  report.add('open', 'two', 1234.5)
  report.atLeast('open', 'two')
  report.add('open', 'three', Number.NaN)
  expect(report.cell(metric, 'one')).toBe('20 ms (10…30)')
  expect(report.cell(metric, 'two')).toBe('≥ 1,234.5 ms')
  expect(report.cell(metric, 'three')).toBe('–')
  expect(report.cell(metric, 'nobody')).toBe('–')
})

test('a run in pieces is one report: nothing changes on the way through the file', () => {
  const first = new Report()
  first.add('open', 'one', 1)
  first.add('open', 'one', Number.NaN)
  first.atLeast('open', 'one')
  const second = new Report()
  second.takeIn(JSON.parse(JSON.stringify(first)))
  second.add('open', 'one', 3)
  expect(second.samples('open', 'one')).toEqual([1, Number.NaN, 3])
  expect(second.cell(metric, 'one')).toBe('≥ 2 ms (1…3)')
})

test('every metric has a name of its own, and no aim is called reached that was not measured', () => {
  expect(new Set(metrics.map(({ key }) => key)).size).toBe(metrics.length)
  for (const { aim, title } of metrics) if (aim) expect(aim.met(new Report()), title).toBeUndefined()
})

test('one lost edit in one round is an aim missed', () => {
  const aim = metrics.find(({ key }) => key === 'lost')?.aim
  const report = new Report()
  for (const lost of [0, 0, 1]) report.add('lost', 'Stafett', lost)
  expect(aim?.met(report)).toBe(false)
})
