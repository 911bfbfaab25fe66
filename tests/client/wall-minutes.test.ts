// @vitest-environment jsdom
import { Editor } from '@tiptap/core'
import { AllSelection, TextSelection } from '@tiptap/pm/state'
import { afterEach, expect, test } from 'vitest'
import { editorExtensions } from '../../client/blocks/extensions.ts'
import { addDecision, addLine, change, newMeasure, writeMinutes } from '../../client/wall/log-changes.ts'
import { minutesOnly, minutesSpan } from '../../client/wall/minutes-only.ts'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import { findBlock } from '../../shared/blocks/edit.ts'
import { goal, measure, minutes, paragraph } from '../../shared/blocks/json.ts'
import { Random } from '../support/random.ts'
import { maren, members, services } from './blocks-editor.ts'

const block = newBlockId()
const goalId = newBlockId()
const measureId = newBlockId()
const open: Editor[] = []
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy()
})

function wall(lines: string[]): Editor {
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [
      ...editorExtensions({
        services,
        me: maren,
        members: () => members,
        canWrite: () => true,
        canRate: () => true,
      }),
      minutesOnly(() => block),
    ],
  })
  open.push(editor)
  const content = [
    paragraph('Loggen før møtet.'),
    goal({ id: goalId }, 'Et mål', [measure({ id: measureId, status: 'planned' }, 'et tiltak')]),
    minutes({ id: block }, lines.map(paragraph)),
    paragraph('Loggen etter.'),
  ]
  const { tr, doc, schema } = editor.state
  editor.view.dispatch(
    tr.replaceWith(
      0,
      doc.content.size,
      content.map((one) => schema.nodeFromJSON(one)),
    ),
  )
  return editor
}

const inside = (editor: Editor): boolean => {
  const span = minutesSpan(editor.state.doc, block)
  const { from, to } = editor.state.selection
  return span !== undefined && from >= span.from && to <= span.to
}
const written = (editor: Editor): string[] =>
  findBlock(editor.state.doc, block)?.node.children.map(
    (child) => `${child.type.name}:${child.textContent}`,
  ) ?? []

test('nothing outside the minutes can be selected, and so nothing outside can be deleted', () => {
  const editor = wall(['Første.', 'Andre.'])
  editor.view.dispatch(editor.state.tr.setSelection(new AllSelection(editor.state.doc)))
  expect(inside(editor)).toBe(true)
  editor.view.dispatch(editor.state.tr.deleteSelection())
  expect(editor.state.doc.textContent).toBe('Loggen før møtet.Et målet tiltakLoggen etter.')
  expect(inside(editor)).toBe(true)
})

test('wherever somebody tries to put the caret, it is in the minutes', () => {
  const random = new Random(11)
  const editor = wall(['Første.', '', 'Tredje.'])
  for (let round = 0; round < 200; round += 1) {
    const { doc, tr } = editor.state
    const anchor = random.below(doc.content.size)
    const head = random.below(doc.content.size)
    editor.view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head))))
    expect(inside(editor)).toBe(true)
  }
})

test('the caret stays in its word while the wall changes the goal above', () => {
  const editor = wall(['Første.', 'Andre.'])
  writeMinutes(editor, block)
  editor.view.dispatch(editor.state.tr.insertText('Tredje'))
  expect(newMeasure(editor, goalId, { service: maren.service, person: maren.id }, 'enda et')).toBeDefined()
  editor.view.dispatch(editor.state.tr.insertText(' linje.'))
  expect(written(editor)).toEqual(['paragraph:Første.', 'paragraph:Andre.', 'paragraph:Tredje linje.'])
})

test('a line and a decision come last, before the empty line that somebody is about to write in', () => {
  const editor = wall(['Første.', ''])
  expect(addLine(editor, block, 'En linje.')).toBe(true)
  expect(addDecision(editor, block, maren.id, 'Egen inngang.')).toBe(true)
  expect(written(editor)).toEqual([
    'paragraph:Første.',
    'paragraph:En linje.',
    'decision:Egen inngang.',
    'paragraph:',
  ])
  const decided = findBlock(editor.state.doc, block)?.node.child(2)
  expect(decided?.attrs).toMatchObject({ by: maren.id })
  expect(decided?.attrs['at']).toBeTruthy()
})

test('every change of the wall can be taken back, and what is gone says so', () => {
  const editor = wall([''])
  const before = editor.state.doc
  const undoStatus = change(editor, measureId, { status: 'underway', person: maren.id })
  expect(findBlock(editor.state.doc, measureId)?.node.attrs).toMatchObject({
    status: 'underway',
    person: maren.id,
  })
  undoStatus?.()
  const undoMeasure = newMeasure(editor, goalId, {}, 'nytt')
  undoMeasure?.()
  expect(editor.state.doc.eq(before)).toBe(true)
  expect(change(editor, newBlockId(), { status: 'done' })).toBeUndefined()
  expect(newMeasure(editor, newBlockId(), {}, 'nytt')).toBeUndefined()
  expect(addLine(editor, newBlockId(), 'ingensteds')).toBe(false)
})
