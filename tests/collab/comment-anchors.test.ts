// @vitest-environment jsdom
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Anchors } from '../../server/comments/anchors.ts'
import { measure } from '../../shared/blocks/json.ts'
import { appendBlocks, logFragment } from '../../shared/case-log/document.ts'
import { commentKey } from '../../shared/case-log/mark-key.ts'
import { markedBy } from '../support/commenters.ts'
import { converge } from '../support/convergence.ts'
import { caretAt, openEditor, press, sync, type } from '../support/editor.ts'
import { logWith, mark, opened, rowOf, textOf, thread } from '../support/marked-log.ts'
import { Talk } from '../support/talk.ts'

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

test('what was taken off a mark stays off it when somebody who has not heard of it carries both on', () => {
  const log = logWith('Porten hjelper litt.')
  const writer = opened(log)
  writer.copy.clientID = 1
  caretAt(writer.editor, 'hjelper litt')
  type(writer.editor, ' neppe')
  mark(log, 'one', 'hjelper litt')
  sync(log, writer.copy)
  expect(markedBy(log, 'one')).toBe('hjelper litt neppe')
  const mover = new Y.Doc()
  sync(log, mover)
  const anchors = new Anchors()
  const row = rowOf('one', 'hjelper litt')
  const look = () => {
    const { corrections } = anchors.look(log, [row])
    log.transact(() => anchors.correct(log, corrections))
  }
  look()
  expect(markedBy(log, 'one')).toBe('hjelper litt')
  const line = textOf(mover)
  line.delete(14, 11)
  line.insert(7, ' litt neppe', { [commentKey(thread('one'))]: { thread: 'one' } })
  sync(log, mover)
  expect(markedBy(log, 'one')).toBe(' litt neppehjelper')
  look()
  expect(markedBy(log, 'one')).toBe(' litthjelper')
})

for (const [seed, protects] of [
  [20261183, 'no word is lost'],
  [20261219, 'a thread whose words were half carried away when it began stands on all of them'],
  [20261249, 'a mark stands on nothing that was not spoken of'],
  [20261313, 'a thread is not given up at the first look'],
  [30339, 'what was taken off a mark stays off it wherever it is carried'],
  [30375, 'a thread is found again by what its starter saw, in whatever order it arrived'],
  [30421, 'a thread is found again by what its starter saw'],
  [30627, 'what came between its words before a look is part of a thread'],
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
