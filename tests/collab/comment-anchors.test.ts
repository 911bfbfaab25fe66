// @vitest-environment jsdom
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Anchors, type ThreadRow } from '../../server/comments/anchors.ts'
import { LogText } from '../../server/comments/log-text.ts'
import { describeNew, spansOfNew, writeMark } from '../../server/comments/place-mark.ts'
import { measure, paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, logFragment } from '../../shared/case-log/document.ts'
import { ThreadId } from '../../shared/ids.ts'
import { markedBy } from '../support/commenters.ts'
import { converge } from '../support/convergence.ts'
import { caretAt, openEditor, press, sync, type } from '../support/editor.ts'
import { Talk } from '../support/talk.ts'

const thread = (id: string) => ThreadId.parse(id)

function logWith(...lines: string[]): Y.Doc {
  const doc = new Y.Doc()
  appendBlocks(
    doc,
    lines.map((line) => paragraph(line)),
  )
  return doc
}

/** Marks words as the server does. */
function mark(doc: Y.Doc, id: string, words: string) {
  const text = new LogText(doc)
  const from = text.words.indexOf(words)
  doc.transact(() => writeMark(text, [{ from, to: from + words.length }], thread(id)))
}

/** The row of a thread whose text stands. */
const rowOf = (id: string, quote: string): ThreadRow => ({
  id,
  case_id: 'log',
  document: 'log',
  kind: 'text',
  block: null,
  quote,
  prefix: '',
  suffix: '',
  gone: 0,
  person: 'camilla',
  at: 0,
  resolved_by: null,
  resolved_at: null,
})

function opened(doc: Y.Doc) {
  const copy = new Y.Doc()
  sync(doc, copy)
  return { copy, editor: openEditor(copy) }
}

test('an editor that opens a log with marks, overlapping ones too, writes nothing and shows each', () => {
  const log = logWith('Porten hjelper litt hver dag.', 'Ukentlig samtale.')
  mark(log, 'one', 'hjelper litt')
  mark(log, 'two', 'litt hver')
  const copy = new Y.Doc()
  sync(log, copy)
  let written = 0
  copy.on('update', () => written++)
  const editor = openEditor(copy)
  const shown = editor.view.dom.querySelectorAll('[data-thread="one"]')
  expect([...shown].map((span) => span.textContent).join('')).toBe('hjelper litt')
  expect(written).toBe(0)
  caretAt(editor, 'litt', 2)
  type(editor, 'XX')
  expect(markedBy(copy, 'one')).toBe('hjelper liXXtt')
  expect(markedBy(copy, 'two')).toBe('liXXtt hver')
})

test('the server’s key is the one that the editor writes', () => {
  const log = logWith('Porten hjelper.')
  mark(log, 'one', 'hjelper')
  const { copy, editor } = opened(log)
  const keys = () =>
    [
      ...logFragment(copy)
        .toString()
        .matchAll(/<(comment[^ >]*)/g),
    ].map(([, key]) => key)
  const [server] = keys()
  caretAt(editor, 'Porten hjelper.', 10)
  press(editor, 'Enter')
  expect(keys()).toEqual([server, server])
  expect(markedBy(copy, 'one')).toBe('hje\nlper')
})

test('what is typed at the edge of a mark is not part of it', () => {
  const log = logWith('Porten hjelper.')
  mark(log, 'one', 'hjelper')
  const { copy, editor } = opened(log)
  caretAt(editor, 'hjelper', 7)
  type(editor, ' ikke')
  caretAt(editor, 'hjelper', 0)
  type(editor, 'alltid ')
  expect(markedBy(copy, 'one')).toBe('hjelper')
})

for (const clientId of [1, 4_000_000_000])
  test(`what client ${clientId} types at the edge while the mark is on its way is taken off it`, () => {
    const log = logWith('Porten hjelper.')
    const copy = new Y.Doc()
    sync(log, copy)
    copy.clientID = clientId
    const editor = openEditor(copy)
    caretAt(editor, 'Porten hjelper.', 14)
    type(editor, ' litt')
    caretAt(editor, 'Porten hjelper', 7)
    type(editor, 'alltid ')
    mark(log, 'one', 'hjelper')
    sync(log, copy)
    const anchors = new Anchors()
    const { corrections } = anchors.look(log, [rowOf('one', 'hjelper')])
    log.transact(() => anchors.correct(log, corrections))
    sync(log, copy)
    expect(markedBy(copy, 'one')).toBe('hjelper')
    expect(editor.state.doc.textContent).toBe('Porten alltid hjelper litt.')
    expect(anchors.look(log, [rowOf('one', 'hjelper')]).corrections).toEqual([])
  })

test('a copy of marked text is another text, and its mark is taken off; where it is moved it stays', () => {
  const log = logWith('Porten hjelper litt hver dag.', 'Ukentlig samtale.')
  mark(log, 'one', 'hjelper litt')
  const { copy, editor } = opened(log)
  const anchors = new Anchors()
  const row = rowOf('one', 'hjelper litt')
  const look = () => {
    sync(log, copy)
    const { described, corrections } = anchors.look(log, [row])
    log.transact(() => anchors.correct(log, corrections))
    sync(log, copy)
    return described[0]?.[1]
  }
  look()
  const { doc } = editor.state
  editor.view.dispatch(editor.state.tr.insert(doc.content.size, doc.child(0)))
  expect(markedBy(copy, 'one')).toBe('hjelper litt\nhjelper litt')
  look()
  expect(markedBy(copy, 'one')).toBe('hjelper litt')
  editor.view.dispatch(
    editor.state.tr.delete(0, doc.child(0).nodeSize).insert(doc.child(1).nodeSize, doc.child(0)),
  )
  expect(look()).toMatchObject({ quote: 'hjelper litt', gone: false })
})

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
  const seen = new LogText(log)
  const quote = 'hjelper litt hver'
  const from = seen.words.indexOf(quote)
  const anchor = {
    kind: 'text' as const,
    ranges: seen.idsOf([{ from, to: from + quote.length }]),
    quote,
    prefix: 'Porten ',
    suffix: ' dag.',
  }
  const line = logFragment(log).get(0)
  const words = line instanceof Y.XmlElement ? line.get(0) : undefined
  if (!(words instanceof Y.XmlText)) throw new Error('no words')
  words.delete(from + 7, 10)
  words.insert(from + 7, ' litt hver')
  const text = new LogText(log)
  expect(spansOfNew(text, anchor)).toEqual([{ from, to: from + quote.length }])
  expect(describeNew(log, anchor)).toMatchObject({ quote, gone: false })
})

for (const [seed, protects] of [
  [20261183, 'no word is lost'],
  [20261219, 'a thread whose words were half carried away when it began stands on all of them'],
  [20261249, 'a mark stands on nothing that was not spoken of'],
  [20261313, 'a thread is not given up at the first look'],
] as const)
  test(`among four editors and their threads, ${protects} (seed ${seed}, 120 edits)`, () => {
    expect(converge({ seed, rounds: 120, gate: true, talk: new Talk(), offline: 0.08 })).toEqual([])
  })

test('blocks that carry a mark are written under the editor’s key, too', () => {
  const log = new Y.Doc()
  appendBlocks(log, [
    measure({}, [{ type: 'text', text: 'samtale', marks: [{ type: 'comment', attrs: { thread: 'one' } }] }]),
  ])
  expect(markedBy(log, 'one')).toBe('samtale')
  const { copy, editor } = opened(log)
  caretAt(editor, 'samtale', 3)
  type(editor, '-')
  expect(
    logFragment(copy)
      .toString()
      .match(/<comment/g),
  ).toHaveLength(1)
})
