// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { insertGoal } from '../../shared/blocks/goal-commands.ts'
import { goal, measure, paragraph } from '../../shared/blocks/json.ts'
import { moveBlockToGoal } from '../../shared/blocks/move.ts'
import { blocksById } from '../../shared/case-log/blocks-by-id.ts'
import { appendBlocks } from '../../shared/case-log/document.ts'
import { outline } from '../../shared/case-log/outline.ts'
import { BlockId } from '../../shared/ids.ts'
import { caretAt, openEditor, sync, type } from '../support/editor.ts'

const id = (text: string): BlockId => BlockId.parse(text)
const opened: Editor[] = []
afterEach(() => {
  for (const editor of opened.splice(0)) editor.destroy()
})

/** Three people in one log; `meet` brings what each wrote to the others. */
function three(): { docs: Y.Doc[]; editors: [Editor, Editor, Editor]; meet: () => void } {
  const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
  const [first] = docs
  if (first)
    appendBlocks(first, [
      paragraph('Felles'),
      goal({ id: id('g1') }, 'Skole', [measure({ id: id('m1') }, 'Porten')]),
      goal({ id: id('g2') }, 'Ro'),
    ])
  sync(...docs)
  const [a, b, c] = docs.map((doc) => openEditor(doc))
  if (!a || !b || !c) throw new Error('no editors')
  opened.push(a, b, c)
  return { docs, editors: [a, b, c], meet: () => sync(...docs) }
}

const texts = (docs: readonly Y.Doc[]): string[] => docs.map((doc) => outline(doc).text)

/** Takes every copy of the measure away that `maker` has not written. Returns how many. */
function leaveNewest(doc: Y.Doc | undefined, maker: Y.Doc | undefined): number {
  const others = doc
    ? (blocksById(doc).get('m1') ?? []).filter((each) => each._item?.id.client !== maker?.clientID)
    : []
  for (const { parent, _item } of others)
    if (parent instanceof Y.XmlElement)
      parent.delete(
        parent.toArray().findIndex((each) => each._item === _item),
        1,
      )
  return others.length
}

describe('[BL1.5] undo takes back one’s own changes only', () => {
  test('three people write in one line; each undoes their own words', () => {
    const { docs, editors, meet } = three()
    for (const [index, editor] of editors.entries()) {
      caretAt(editor, 'Felles')
      type(editor, 'abc'.charAt(index).repeat(2))
      meet()
    }
    for (const [index, word] of ['aa', 'bb', 'cc'].entries()) {
      expect(editors[index]?.commands.undo()).toBe(true)
      meet()
      for (const text of texts(docs)) expect(text).not.toContain(word)
      for (const other of ['aa', 'bb', 'cc'].slice(index + 1)) expect(texts(docs)[0]).toContain(other)
    }
    expect(texts(docs)[0]).toContain('Felles')
    editors[1].commands.redo()
    meet()
    expect(texts(docs)).toEqual(Array(3).fill('Fellesbb\nSkole\nPorten\nRo'))
  })

  test('a goal stays when its maker undoes it and somebody else has written in it', () => {
    const { docs, editors, meet } = three()
    const [maker, colleague] = editors
    caretAt(maker, 'Felles')
    insertGoal({ id: id('new') }, 'Nytt')(maker.state, maker.view.dispatch)
    meet()
    caretAt(colleague, 'Nytt')
    type(colleague, ' fra Ida')
    meet()
    maker.commands.undo()
    meet()
    for (const doc of docs) expect(outline(doc).goals.map(({ title }) => title)).toContain(' fra Ida')
  })

  test('an untouched goal goes away when its maker undoes it', () => {
    const { docs, editors, meet } = three()
    caretAt(editors[0], 'Felles')
    insertGoal({ id: id('new') }, 'Nytt')(editors[0].state, editors[0].view.dispatch)
    meet()
    editors[0].commands.undo()
    meet()
    for (const doc of docs) expect(outline(doc).goals.map(({ id: each }) => each)).toEqual(['g1', 'g2'])
  })

  test('undoing a move leaves what a colleague wrote in the moved measure', () => {
    const { docs, editors, meet } = three()
    const [mover, colleague] = editors
    moveBlockToGoal(id('m1'), id('g2'))(mover.state, mover.view.dispatch)
    meet()
    caretAt(colleague, 'Porten')
    type(colleague, ' 08.15')
    meet()
    mover.commands.undo()
    meet()
    for (const text of texts(docs)) {
      expect(text).toContain('08.15')
      expect(text).toContain('Porten')
    }
    expect(new Set(texts(docs)).size).toBe(1)
  })

  test('redoing a move takes nothing away when a colleague has carried the measure on since', () => {
    const { docs, editors, meet } = three()
    const [mover, colleague] = editors
    moveBlockToGoal(id('m1'), id('g2'))(mover.state, mover.view.dispatch)
    meet()
    moveBlockToGoal(id('m1'), id('g1'))(colleague.state, colleague.view.dispatch)
    meet()
    mover.commands.undo()
    meet()
    // It stands twice now; the server leaves the newer one.
    expect(leaveNewest(docs[2], docs[0])).toBe(1)
    meet()
    mover.commands.redo()
    meet()
    for (const text of texts(docs)) expect(text).toContain('Porten')
  })
})
