// @vitest-environment jsdom

import type { Editor } from '@tiptap/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { goal, measure, paragraph } from '../../../shared/blocks/json.ts'
import { moveBlockToGoal } from '../../../shared/blocks/move.ts'
import { appendBlocks } from '../../../shared/case-log/document.ts'
import { outline } from '../../../shared/case-log/outline.ts'
import { BlockId } from '../../../shared/ids.ts'
import { caretAt, openEditor, positionOf, press, sync } from '../../support/editor.ts'

const opened: Editor[] = []
afterEach(() => {
  for (const editor of opened.splice(0)) editor.destroy()
})

const first = BlockId.parse('first')
const second = BlockId.parse('second')
const gate = BlockId.parse('gate')

function log(): { doc: Y.Doc; editor: Editor } {
  const doc = new Y.Doc()
  appendBlocks(doc, [
    goal({ id: first }, 'Fire dager', [measure({ id: gate }, 'Voksen ved porten')]),
    goal({ id: second }, 'Ro om morgenen'),
    paragraph('Slutt'),
  ])
  const editor = openEditor(doc)
  opened.push(editor)
  return { doc, editor }
}

const ids = (doc: Y.Doc): string[] => {
  const { goals, looseMeasures } = outline(doc)
  return [
    ...goals.flatMap(({ id, measures }) => [id, ...measures.map((each) => each.id)]),
    ...looseMeasures.map((each) => each.id),
  ]
}

describe('[BL4] block ids are unique', () => {
  test('[BL4.2] splitting a measure leaves its id and fields with the first half', () => {
    const { doc, editor } = log()
    caretAt(editor, 'Voksen')
    expect(press(editor, 'Enter')).toBe(true)
    const measures = outline(doc).goals[0]?.measures ?? []
    expect(measures.map(({ text }) => text)).toEqual(['Voksen', ' ved porten'])
    expect(measures[0]?.id).toBe(gate)
    expect(measures[1]?.id).toMatch(/^[0-9a-f]{32}$/)
  })

  test('[BL4.2] pasting a copied goal gives it and all in it new ids', () => {
    const { doc, editor } = log()
    const copied = editor.state.doc.child(0)
    editor.view.dispatch(editor.state.tr.insert(editor.state.doc.content.size, [copied, copied]))
    expect(new Set(ids(doc)).size).toBe(ids(doc).length)
    expect(ids(doc)).toHaveLength(7)
    expect(ids(doc).slice(0, 3)).toEqual([first, gate, second])
    expect(outline(doc).duplicates).toEqual([])
  })

  test('[BL4.2] pasting HTML copied from the log gives new ids', () => {
    const { doc, editor } = log()
    vi.stubGlobal('ClipboardEvent', Event)
    caretAt(editor, 'Slutt')
    editor.view.pasteHTML(
      `<section data-block="goal" data-id="first"><p data-block="goal-title">Lim</p></section>`,
    )
    expect(ids(doc)).toHaveLength(4)
    expect(new Set(ids(doc)).size).toBe(4)
  })

  test('[BL4.3] a block that is moved, or cut and pasted, keeps its id', () => {
    const { doc, editor } = log()
    moveBlockToGoal(gate, second)(editor.state, editor.view.dispatch)
    expect(outline(doc).goals[1]?.measures.map(({ id }) => id)).toEqual([gate])

    const pos = positionOf(editor.state, 'Voksen ved porten') - 1
    const cut = editor.state.doc.nodeAt(pos)
    if (!cut) throw new Error('no measure')
    editor.view.dispatch(editor.state.tr.delete(pos, pos + cut.nodeSize))
    expect(ids(doc)).toEqual([first, second])
    editor.view.dispatch(editor.state.tr.insert(editor.state.doc.content.size, cut))
    expect(ids(doc)).toEqual([first, second, gate])
  })

  test('[BL4.4] a clash that two people make together is reported, and no client rewrites it', () => {
    const { doc, editor } = log()
    const other = new Y.Doc()
    sync(doc, other)
    const colleague = openEditor(other)
    opened.push(colleague)
    moveBlockToGoal(gate, second)(editor.state, editor.view.dispatch)
    moveBlockToGoal(gate, second)(colleague.state, colleague.view.dispatch)
    sync(doc, other)
    const before = Y.encodeStateVector(doc)
    expect(ids(doc)).toEqual(ids(other))
    expect(outline(doc).duplicates).toEqual([gate])
    sync(doc, other)
    expect(Y.encodeStateVector(doc)).toEqual(before)
  })
})
