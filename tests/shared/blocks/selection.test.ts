// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { AllSelection } from '@tiptap/pm/state'
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { goal, measure, paragraph } from '../../../shared/blocks/json.ts'
import { appendBlocks } from '../../../shared/case-log/document.ts'
import { openEditor, press, sync, type } from '../../support/editor.ts'

const opened: Editor[] = []
afterEach(() => {
  for (const editor of opened.splice(0)) editor.destroy()
})

function open(doc: Y.Doc): Editor {
  const editor = openEditor(doc)
  opened.push(editor)
  return editor
}

const log = () => [paragraph('Først'), goal({}, 'Fire dager', [measure({}, 'Porten')]), paragraph('Sist')]

describe('[BL1] nobody’s first key press takes the log away', () => {
  test('in an editor that was mounted before the log arrived', () => {
    const [here, there] = [new Y.Doc(), new Y.Doc()]
    const editor = open(here)
    appendBlocks(there, log())
    sync(here, there)
    type(editor, 'x')
    expect(editor.state.doc.textContent).toContain('Først')
    expect(editor.state.doc.textContent).toContain('Sist')
    expect(editor.state.selection).not.toBeInstanceOf(AllSelection)
  })

  test('when colleagues emptied the log and wrote it anew', () => {
    const [here, there] = [new Y.Doc(), new Y.Doc()]
    appendBlocks(there, log())
    sync(here, there)
    const editor = open(here)
    const fragment = there.getXmlFragment('log')
    fragment.delete(0, fragment.length)
    sync(here, there)
    appendBlocks(there, log())
    sync(here, there)
    type(editor, 'x')
    expect(editor.state.doc.textContent).toContain('Sist')
  })

  test('but who chose everything has everything chosen, also while colleagues write', () => {
    const [here, there] = [new Y.Doc(), new Y.Doc()]
    appendBlocks(there, log())
    sync(here, there)
    const editor = open(here)
    editor.commands.selectAll()
    appendBlocks(there, [paragraph('Meanwhile')])
    sync(here, there)
    expect(editor.state.selection).toBeInstanceOf(AllSelection)
    press(editor, 'Backspace')
    expect(editor.state.doc.textContent).toBe('')
  })
})
