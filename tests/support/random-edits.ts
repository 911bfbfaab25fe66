import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type Command, TextSelection } from '@tiptap/pm/state'
import { insertBlock, removeBlock, setFields } from '../../shared/blocks/edit.ts'
import { addMeasure, insertGoal, rateGoal } from '../../shared/blocks/goal-commands.ts'
import { concern, decision, mention } from '../../shared/blocks/json.ts'
import { moveBlockDown, moveBlockTo, moveBlockToGoal, moveBlockUp } from '../../shared/blocks/move.ts'
import { BlockId, PersonId, ServiceId } from '../../shared/ids.ts'
import { press } from './editor.ts'
import type { Random } from './random.ts'
import { wordsIn } from './words.ts'

type At = { node: Node; pos: number }

/** Something a person does. `takes` says that it may take words away; anything else must leave all standing. */
export type Edit = { name: string; takes: boolean; run: () => void }

const ATOM = '￼'
const blockNames = new Set(['goal', 'measure', 'evaluation', 'concern', 'decision'])
const services = ['skole', 'ppt', 'helse'].map((id) => ServiceId.parse(id))

const lineText = (line: Node): string => line.textBetween(0, line.content.size, ATOM, ATOM)

function all(doc: Node, wanted: (node: Node) => boolean): At[] {
  const found: At[] = []
  doc.descendants((node, pos) => {
    if (wanted(node)) found.push({ node, pos })
    return !node.isTextblock
  })
  return found
}

/** Numbers of the words that stand in a document. */
export const standingWords = (doc: Node): number[] =>
  all(doc, (node) => node.isTextblock).flatMap(({ node }) =>
    wordsIn(lineText(node)).map(({ number }) => number),
  )

/** Ids of the blocks that stand in a document. */
export const standingBlocks = (doc: Node): string[] =>
  all(doc, (node) => typeof node.attrs['id'] === 'string').map(({ node }) => String(node.attrs['id']))

/** Places between words, where text may be written or cut without tearing a word. */
function seams({ node, pos }: At): number[] {
  const text = lineText(node)
  const edges = wordsIn(text).flatMap(({ index, length }) => [index, index + length])
  return [...new Set([0, ...edges, text.length])].map((offset) => pos + 1 + offset)
}

/** Draws what somebody does next in an editor. `word` is a word that nobody has written yet. */
export function randomEdit(editor: Editor, random: Random, word: () => string, newId: () => BlockId): Edit {
  const { view } = editor
  const { doc } = editor.state
  const lines = all(doc, (node) => node.isTextblock)
  const blocks = all(doc, (node) => blockNames.has(node.type.name))
  const line = random.pick(lines)
  const spot = line ? (random.pick(seams(line)) ?? line.pos + 1) : undefined

  const someBlock = (...names: string[]): BlockId => {
    const found = random.pick(
      blocks.filter(({ node }) => names.length === 0 || names.includes(node.type.name)),
    )
    return BlockId.parse(found?.node.attrs['id'] ?? 'none')
  }
  const caret = (pos: number | undefined): void => {
    if (pos !== undefined)
      view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, pos)))
  }
  const run = (command: Command): void => {
    command(editor.state, view.dispatch, view)
  }
  const key = (name: string, init?: KeyboardEventInit): void => {
    press(editor, name, init)
  }
  const erase = (from: number, to: number): void => view.dispatch(editor.state.tr.delete(from, to))

  // Weight, name, whether it may take words, and what it does after the caret was put somewhere.
  const edits: [number, string, boolean, () => void][] = [
    [30, 'type', false, () => view.dispatch(editor.state.tr.insertText(word()))],
    [8, 'enter', false, () => key('Enter')],
    [2, 'line break', false, () => key('Enter', { shiftKey: true })],
    [2, 'tab', false, () => key('Tab')],
    [2, 'shift-tab', false, () => key('Tab', { shiftKey: true })],
    [3, 'bullet list', false, () => void editor.commands.toggleBulletList()],
    [2, 'numbered list', false, () => void editor.commands.toggleOrderedList()],
    [3, 'heading', false, () => void editor.commands.toggleHeading({ level: 2 })],
    [3, 'insert goal', false, () => run(insertGoal({ id: newId() }, word()))],
    [
      2,
      'insert concern',
      false,
      () => run(insertBlock(random.chance(0.5) ? concern({ id: newId() }) : decision({ id: newId() }))),
    ],
    [2, 'move up', false, () => run(moveBlockUp)],
    [2, 'move down', false, () => run(moveBlockDown)],
    [
      2,
      'mention',
      false,
      () =>
        view.dispatch(
          editor.state.tr.replaceSelectionWith(
            editor.schema.nodeFromJSON(mention('person', 'maren', 'Maren')),
          ),
        ),
    ],
    [4, 'add measure', false, () => run(addMeasure(someBlock('goal'), { id: newId() }, word()))],
    [
      3,
      'rate goal',
      false,
      () =>
        run(
          rateGoal(someBlock('goal'), {
            id: newId(),
            service: random.pick(services) ?? ServiceId.parse('skole'),
            score: 1,
            by: PersonId.parse('maren'),
            at: '2026-11-20T10:00:00Z',
            line: word(),
          }),
        ),
    ],
    [
      6,
      'move to goal',
      false,
      () => run(moveBlockToGoal(someBlock('measure', 'evaluation'), someBlock('goal'))),
    ],
    [
      3,
      'drag',
      false,
      () => {
        const from = random.pick(
          all(doc, ({ isBlock, type }) => isBlock && type.name !== 'goalTitle' && type.name !== 'listItem'),
        )
        const to = random.pick(all(doc, (node) => node.isBlock))
        if (from && to) run(moveBlockTo(from.pos, to.pos))
      },
    ],
    [
      3,
      'set status',
      false,
      () => run(setFields(someBlock('goal'), { status: random.pick(['active', 'paused']) })),
    ],
    [3, 'set service', false, () => run(setFields(someBlock('measure'), { service: random.pick(services) }))],
    [
      3,
      'bold',
      false,
      () => {
        if (line && line.node.content.size > 0)
          view.dispatch(
            editor.state.tr.addMark(
              line.pos + 1,
              line.pos + 1 + line.node.content.size,
              editor.schema.mark('bold'),
            ),
          )
      },
    ],
    [
      2,
      'remove atom',
      false,
      () => {
        const atoms: number[] = []
        doc.descendants((node, pos) => {
          if (node.isInline && !node.isText) atoms.push(pos)
        })
        const pos = random.pick(atoms)
        if (pos !== undefined) erase(pos, pos + 1)
      },
    ],
    [
      7,
      'backspace at start',
      true,
      () => {
        caret(line ? line.pos + 1 : undefined)
        key('Backspace')
      },
    ],
    [
      3,
      'delete at end',
      true,
      () => {
        caret(line ? line.pos + 1 + line.node.content.size : undefined)
        key('Delete')
      },
    ],
    [
      5,
      'delete word',
      true,
      () => {
        const found = line && random.pick(wordsIn(lineText(line.node)))
        if (line && found) erase(line.pos + 1 + found.index, line.pos + 1 + found.index + found.length)
      },
    ],
    [
      2,
      'delete range',
      true,
      () => {
        const other = random.pick(lines)
        const end = other ? random.pick(seams(other)) : undefined
        if (spot === undefined || end === undefined || Math.abs(end - spot) > 40) return
        view.dispatch(
          editor.state.tr.setSelection(TextSelection.between(doc.resolve(spot), doc.resolve(end))),
        )
        key('Backspace')
      },
    ],
    [2, 'remove block', true, () => run(removeBlock(someBlock()))],
    [5, 'undo', true, () => void editor.commands.undo()],
    [3, 'redo', true, () => void editor.commands.redo()],
  ]
  let rest = random.below(edits.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, name, takes, act] of edits) {
    if (rest < weight)
      return {
        name,
        takes,
        run: () => {
          caret(spot)
          act()
        },
      }
    rest -= weight
  }
  throw new Error('no edit drawn')
}
