// @vitest-environment jsdom
import type { Slice } from '@tiptap/pm/model'
import { afterEach, describe, expect, test } from 'vitest'
import { duplicateAt } from '../../client/blocks/block-actions.ts'
import { threadsIn } from '../../client/blocks/paste/comment-marks.ts'
import { closeEditors, editorWith } from './blocks-editor.ts'

const marked = (text: string, thread: string) => ({
  type: 'paragraph',
  content: [{ type: 'text', text, marks: [{ type: 'comment', attrs: { thread } }] }],
})

/** An editor whose log has the thread `kjent`. */
function editor() {
  const made = editorWith([marked('Sover godt', 'kjent'), { type: 'paragraph' }], {
    isThread: (thread) => thread === 'kjent',
  })
  return { made, all: () => made.state.doc.slice(0, made.state.doc.content.size) }
}

/** What is left of a slice that is pasted: the threads that its text still belongs to. */
function pasted(view: ReturnType<typeof editor>['made']['view'], slice: Slice): string[] {
  let kept = slice
  view.someProp('transformPasted', (transform) => {
    kept = transform(kept, view, false)
  })
  return [...threadsIn(kept.content)]
}

afterEach(closeEditors)

describe('pasting commented text', () => {
  test('leaves the comments with the original when it was copied', () => {
    const { made, all } = editor()
    made.view.dom.dispatchEvent(new Event('copy'))
    expect(pasted(made.view, all())).toEqual([])
  })

  test('moves them along when it was cut, once', () => {
    const { made, all } = editor()
    const slice = all()
    made.commands.selectAll()
    made.view.dom.dispatchEvent(new Event('cut'))
    made.commands.deleteSelection()
    expect(pasted(made.view, slice)).toEqual(['kjent'])
    made.commands.setContent({ type: 'doc', content: [marked('Sover godt', 'kjent')] })
    expect(pasted(made.view, slice)).toEqual([])
  })

  test('drops those of another log', () => {
    const { made } = editor()
    const other = editorWith([marked('Fra en annen logg', 'ukjent')])
    expect(pasted(made.view, other.state.doc.slice(0, other.state.doc.content.size))).toEqual([])
  })

  test('keeps them while text is dragged from one place to another', () => {
    const { made, all } = editor()
    const slice = all()
    made.view.dragging = { slice, move: true }
    expect(pasted(made.view, slice)).toEqual(['kjent'])
    made.view.dom.dispatchEvent(new MouseEvent('drop', { ctrlKey: true }))
    made.view.dragging = { slice, move: true }
    expect(pasted(made.view, slice)).toEqual([])
  })

  test('a copy of a block has no comments of its own', () => {
    const { made } = editor()
    duplicateAt(made, () => 0)
    expect(made.state.doc.childCount).toBe(3)
    expect(threadsIn(made.state.doc.child(1).content).size).toBe(0)
    expect([...threadsIn(made.state.doc.child(0).content)]).toEqual(['kjent'])
  })
})
