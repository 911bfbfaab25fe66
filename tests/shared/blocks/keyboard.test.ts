// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { insertGoal } from '../../../shared/blocks/goal-commands.ts'
import { bulletList, goal, measure, paragraph } from '../../../shared/blocks/json.ts'
import { appendBlocks } from '../../../shared/case-log/document.ts'
import { caretAt, openEditor, press, type } from '../../support/editor.ts'

const opened: Editor[] = []
afterEach(() => {
  for (const editor of opened.splice(0)) editor.destroy()
})

function write(...blocks: Parameters<typeof appendBlocks>[1]): Editor {
  const doc = new Y.Doc()
  appendBlocks(doc, blocks)
  const editor = openEditor(doc)
  opened.push(editor)
  return editor
}

const shape = (editor: Editor): string => editor.state.doc.toString()

describe('keys in blocks', () => {
  test('a goal from the keyboard alone: title, Enter, measure, Enter, measure, Enter twice, and out', () => {
    const editor = write(paragraph('Først'), paragraph())
    editor.commands.setTextSelection(editor.state.doc.content.size - 1)
    insertGoal()(editor.state, editor.view.dispatch)
    type(editor, 'Fire dager')
    press(editor, 'Enter')
    type(editor, 'Porten')
    press(editor, 'Enter')
    type(editor, 'Samtale')
    press(editor, 'Enter')
    press(editor, 'Enter')
    type(editor, 'Etterpå')
    expect(shape(editor)).toBe(
      'doc(paragraph("Først"), goal(goalTitle("Fire dager"), measure("Porten"), measure("Samtale")), paragraph("Etterpå"))',
    )
  })

  test('Backspace removes an empty measure, keeps a written one, and turns an empty goal back into a line', () => {
    const editor = write(goal({}, 'Mål', [measure({}, 'Porten'), measure({})]))
    editor.commands.setTextSelection(editor.state.doc.content.size - 2)
    expect(press(editor, 'Backspace')).toBe(true)
    expect(shape(editor)).toBe('doc(goal(goalTitle("Mål"), measure("Porten")))')
    caretAt(editor, 'Porten', 0)
    expect(press(editor, 'Backspace')).toBe(true)
    expect(shape(editor)).toBe('doc(goal(goalTitle("Mål"), measure("Porten")))')

    const empty = write(goal({}, ''))
    empty.commands.setTextSelection(2)
    press(empty, 'Backspace')
    expect(shape(empty)).toBe('doc(paragraph)')
  })

  test('Alt and an arrow move a measure from goal to goal', () => {
    const editor = write(goal({}, 'A', [measure({}, 'Porten')]), goal({}, 'B'))
    caretAt(editor, 'Porten')
    press(editor, 'ArrowDown', { altKey: true })
    expect(shape(editor)).toBe('doc(goal(goalTitle("A")), goal(goalTitle("B"), measure("Porten")))')
    press(editor, 'ArrowUp', { altKey: true })
    expect(shape(editor)).toBe('doc(goal(goalTitle("A"), measure("Porten")), goal(goalTitle("B")))')
  })

  test('lists answer as ever: Enter splits, Tab sinks, Shift-Tab lifts, Enter on an empty item leaves', () => {
    const editor = write(bulletList(['en', 'to']))
    caretAt(editor, 'to')
    press(editor, 'Tab')
    expect(shape(editor)).toBe(
      'doc(bulletList(listItem(paragraph("en"), bulletList(listItem(paragraph("to"))))))',
    )
    press(editor, 'Tab', { shiftKey: true })
    press(editor, 'Enter')
    expect(shape(editor)).toBe(
      'doc(bulletList(listItem(paragraph("en")), listItem(paragraph("to")), listItem(paragraph)))',
    )
    press(editor, 'Enter')
    expect(shape(editor)).toBe(
      'doc(bulletList(listItem(paragraph("en")), listItem(paragraph("to"))), paragraph)',
    )
  })

  test('a title or a measure does not become a list', () => {
    const editor = write(goal({}, 'Mål', [measure({}, 'Porten')]))
    const before = shape(editor)
    for (const line of ['Mål', 'Porten']) {
      caretAt(editor, line)
      expect(editor.commands.toggleBulletList()).toBe(false)
      expect(editor.commands.toggleOrderedList()).toBe(false)
    }
    expect(shape(editor)).toBe(before)
  })
})
