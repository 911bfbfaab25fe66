// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { Anchors } from '../../server/comments/anchors.ts'
import { LogText } from '../../server/comments/log-text.ts'
import { describeNew, quoteOfNew, spansOfNew, writeMark } from '../../server/comments/place-mark.ts'
import { paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, logFragment } from '../../shared/case-log/document.ts'
import { anchorOn, markedBy } from '../support/commenters.ts'
import { logWith, mark, rowOf, textOf, thread } from '../support/marked-log.ts'

test('a thread that is begun after others keeps its mark on a short word that stands twice', () => {
  const log = logWith('Litt uro.', 'Mindre uro i timene, uro i friminuttene.')
  mark(log, 'one', 'Litt')
  const anchors = new Anchors()
  const first = rowOf('one', 'Litt')
  anchors.look(log, [first])
  mark(log, 'two', 'uro')
  expect(anchors.look(log, [first, rowOf('two', 'uro')])).toMatchObject({
    corrections: [],
    described: [
      [first, { gone: false }],
      [{ id: 'two' }, { quote: 'uro', gone: false }],
    ],
  })
})

test('a thread on words of which a colleague carried some away and back at the same moment is on all of them', () => {
  const log = logWith('Porten hjelper litt hver dag.')
  const quote = 'hjelper litt hver'
  const anchor = anchorOn(log, quote)
  const words = textOf(log)
  words.delete(14, 10)
  words.insert(14, ' litt hver')
  const text = new LogText(log)
  expect(spansOfNew(text, anchor)).toEqual([{ from: 7, to: 7 + quote.length }])
  expect(describeNew(log, anchor)).toMatchObject({ quote, gone: false })
})

test('words that were half carried away when a thread began are known again where they come together', () => {
  const log = logWith('Porten hjelper litt hver dag.', 'Ukentlig samtale.')
  const quote = 'hjelper litt hver'
  const anchor = anchorOn(log, quote)
  textOf(log).delete(14, ' litt'.length)
  const text = new LogText(log)
  const spans = spansOfNew(text, anchor) ?? []
  const anchors = new Anchors()
  const row = rowOf('one', describeNew(log, anchor).quote)
  log.transact(() => writeMark(text, spans, thread('one')))
  expect(row.quote).toBe('hjelper hver')
  expect(quoteOfNew(text, spans, { quote: 'hver hjelper' })).toBeUndefined()
  anchors.begin(thread('one'), quoteOfNew(text, spans, anchor) ?? '')
  anchors.look(log, [row])
  logFragment(log).delete(0)
  appendBlocks(log, [paragraph('Porten hjelper litt hver dag.')])
  const { corrections } = anchors.look(log, [row])
  log.transact(() => anchors.correct(log, corrections))
  expect(markedBy(log, 'one')).toBe(quote)
})
