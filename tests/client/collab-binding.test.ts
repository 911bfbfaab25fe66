// @vitest-environment jsdom
import type { Editor } from '@tiptap/core'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { touchedLines } from '../../client/collab/touched-lines.ts'
import { goal, heading, measure, paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, childElements, itemKey, logFragment } from '../../shared/case-log/document.ts'
import { BlockId } from '../../shared/ids.ts'
import { caretAt, openEditor, positionOf, sync, type } from '../support/editor.ts'
import { Random } from '../support/random.ts'

const open: { destroy(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.destroy()
})

function two() {
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()]
  appendBlocks(mine, [
    heading(2, 'Situasjonen nå'),
    paragraph('Emil trives i timene.'),
    goal({ id: BlockId.parse('g1') }, 'Emil har noen', [
      measure({ id: BlockId.parse('m1') }, 'Vennegruppe'),
      measure({ id: BlockId.parse('m2') }, 'Fast lek'),
    ]),
    paragraph('Siste linje.'),
  ])
  sync(mine, theirs)
  const editors = [openEditor(mine), openEditor(theirs)] as const
  open.push(...editors)
  return { mine, theirs, me: editors[0], they: editors[1] }
}

/** Marks words as the news do, and tells which words the marks are on by now. */
function followed(editor: Editor, ...texts: string[]): () => string[] {
  const marks = texts.map((text) => {
    const from = positionOf(editor.state, text)
    return Decoration.inline(from, from + text.length, {})
  })
  let set = DecorationSet.create(editor.state.doc, marks)
  editor.on('transaction', ({ transaction }) => {
    set = set.map(transaction.mapping, transaction.doc)
  })
  return () =>
    set
      .find()
      .sort((one, other) => one.from - other.from)
      .map(({ from, to }) => editor.state.doc.textBetween(from, to))
}

describe('the binding to the shared text', () => {
  test('keeps every block that did not change, node by node', () => {
    const { mine, theirs, me, they } = two()
    const before = me.state.doc
    caretAt(they, 'Siste linje.')
    type(they, ' Mer.')
    sync(mine, theirs)
    expect(me.state.doc.child(3).textContent).toBe('Siste linje. Mer.')
    for (const index of [0, 1, 2]) expect(me.state.doc.child(index)).toBe(before.child(index))
  })

  test('a colleague who types before the caret, in the same paragraph of a goal, does not move it in the text', () => {
    const { mine, theirs, me, they } = two()
    caretAt(me, 'Vennegruppe', 5)
    caretAt(they, 'Vennegruppe', 0)
    type(they, 'Ny: ')
    sync(mine, theirs)
    expect(me.state.selection.from).toBe(positionOf(me.state, 'Vennegruppe') + 5)
  })

  test('a new measure above the caret does not move it to another measure', () => {
    const { mine, theirs, me, they } = two()
    caretAt(me, 'Fast lek', 0)
    const at = positionOf(they.state, 'Vennegruppe') - 1
    const node = they.state.schema.nodeFromJSON(measure({ id: BlockId.parse('m3') }, 'Først'))
    they.view.dispatch(they.state.tr.insert(at, node))
    sync(mine, theirs)
    expect(me.state.selection.from).toBe(positionOf(me.state, 'Fast lek'))
  })

  test('what is drawn on a paragraph stays on its words while a colleague types in it', () => {
    const { mine, theirs, me, they } = two()
    const drawn = followed(me, 'trives', 'Vennegruppe')
    caretAt(they, 'Emil trives', 0)
    type(they, 'I dag: ')
    caretAt(they, 'Vennegruppe', 0)
    type(they, 'Ny ')
    sync(mine, theirs)
    they.view.dispatch(they.state.tr.split(positionOf(they.state, 'i timene.')))
    sync(mine, theirs)
    expect(me.state.doc.childCount).toBe(5)
    expect(drawn()).toEqual(['trives', 'Vennegruppe'])
  })

  test.each(Array.from({ length: 20 }, (_, seed) => seed + 40))(
    'what is drawn on words that nobody touches outlives whatever colleagues do elsewhere, seed %i',
    (seed) => {
      const random = new Random(seed)
      const { mine, theirs, me, they } = two()
      const drawn = followed(me, 'trives i timene', 'Siste linje.')
      for (let turn = 0; turn < 30; turn++) {
        const measures = positionOf(they.state, 'Fast lek') - 1
        const title = positionOf(they.state, 'mil har noen') - random.below(2)
        const end = they.state.doc.content.size
        const changes = [
          () => they.state.tr.insertText('å', title),
          () => they.state.tr.insertText('aa', positionOf(they.state, 'Situasjonen')),
          () => they.state.tr.setNodeAttribute(measures, 'status', random.chance(0.5) ? 'active' : 'done'),
          () => they.state.tr.insert(end, they.state.schema.nodeFromJSON(paragraph('Ny linje'))),
          () => they.state.tr.insert(0, they.state.schema.nodeFromJSON(heading(2, 'Over'))),
        ]
        const change = random.pick(changes)
        if (change) they.view.dispatch(change())
        if (random.chance(0.4)) sync(mine, theirs)
      }
      sync(mine, theirs)
      expect(me.state.doc.toJSON()).toEqual(they.state.doc.toJSON())
      expect(drawn()).toEqual(['trives i timene', 'Siste linje.'])
    },
  )

  test('a colleague who types never scrolls my window', () => {
    const { mine, theirs, me, they } = two()
    caretAt(me, 'Emil trives', 3)
    const scrolled: boolean[] = []
    me.on('transaction', ({ transaction }) => scrolled.push(transaction.scrolledIntoView))
    caretAt(they, 'Siste linje.')
    type(they, ' Mer.')
    sync(mine, theirs)
    expect(scrolled).toContain(false)
    expect(scrolled).not.toContain(true)
  })
})

describe('the lines that a change touched', () => {
  const collect = (doc: Y.Doc, change: () => void): string[] => {
    let lines: string[] = []
    const observe = (events: Parameters<typeof touchedLines>[0]) => {
      lines = [...touchedLines(events)]
    }
    logFragment(doc).observeDeep(observe)
    change()
    logFragment(doc).unobserveDeep(observe)
    return lines
  }

  test('typing touches its line; a new line is itself; a field is its block', () => {
    const { mine, me } = two()
    const keys = () => childElements(logFragment(mine)).map(itemKey)
    caretAt(me, 'Siste linje.')
    expect(collect(mine, () => type(me, '!'))).toEqual([keys()[3]])
    const added = collect(mine, () => appendBlocks(mine, [paragraph('Ny')]))
    expect(added).toEqual([keys()[4]])
    const pos = positionOf(me.state, 'Emil har noen') - 2
    const set = collect(mine, () => me.view.dispatch(me.state.tr.setNodeAttribute(pos, 'status', 'active')))
    expect(set).toEqual([keys()[2]])
  })
})
