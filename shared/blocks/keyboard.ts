import { Extension } from '@tiptap/core'
import type { ResolvedPos } from '@tiptap/pm/model'
import { type Command, Selection, TextSelection } from '@tiptap/pm/state'
import { caretIn, leaveBlock } from './edit.ts'
import { measure } from './json.ts'
import type { MeasureFields } from './measure.ts'
import { moveBlockDown, moveBlockUp } from './move.ts'

/** Lines whose edges never join with a neighbour's: a measure's fields would vanish with it. */
const ownLines = new Set(['goalTitle', 'measure', 'evaluation'])
const containers = new Set(['goal', 'concern', 'decision'])

/** Position before the innermost goal, concern or decision around the caret. */
function containerPos($from: ResolvedPos): number | undefined {
  for (let depth = $from.depth - 1; depth > 0; depth -= 1)
    if (containers.has($from.node(depth).type.name)) return $from.before(depth)
  return undefined
}

/** Enter in a goal's title: on to its first measure. */
const enterTitle =
  (fields: () => Partial<MeasureFields>): Command =>
  (state, dispatch) => {
    const { $from } = state.selection
    if ($from.parent.type.name !== 'goalTitle' || $from.depth < 2) return false
    const after = $from.after()
    const next = state.doc.nodeAt(after)
    if (dispatch) {
      const tr = state.tr
      if (!(next?.type.name === 'measure' && next.content.size === 0))
        tr.insert(after, state.schema.nodeFromJSON(measure(fields())))
      dispatch(caretIn(tr, after))
    }
    return true
  }

/** Enter in a measure: the next measure. In an empty one: out of the block. */
const enterMeasure =
  (fields: () => Partial<MeasureFields>): Command =>
  (state, dispatch) => {
    const { $from, $to, empty } = state.selection
    if ($from.parent.type.name !== 'measure' || !$from.sameParent($to)) return false
    if (!dispatch) return true
    const tr = state.tr
    if ($from.parent.content.size === 0) {
      const container = containerPos($from)
      if (container === undefined) tr.setNodeMarkup($from.before(), state.schema.nodes['paragraph'])
      else leaveBlock(tr.delete($from.before(), $from.after()), container)
      dispatch(tr)
      return true
    }
    if (!empty) tr.deleteSelection()
    const $caret = tr.selection.$from
    const next = state.schema.nodeFromJSON(measure(fields()))
    if ($caret.parentOffset === 0 && $caret.parent.content.size > 0) {
      // In front of the text: a new measure above, so that this one keeps its fields.
      tr.insert($caret.before(), next)
    } else {
      const rest = $caret.parent.content.cut($caret.parentOffset)
      const after = $caret.after()
      tr.insert(after, next.copy(rest))
      tr.delete($caret.pos, after - 1)
      caretIn(tr, tr.mapping.slice(tr.steps.length - 1).map(after))
    }
    dispatch(tr.scrollIntoView())
    return true
  }

/** Enter in an evaluation's line, or in the last empty paragraph of a block: out of the block. */
const enterLeaves: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  const line = $from.parent
  const container = containerPos($from)
  if (line.type.name === 'evaluation') {
    if (dispatch) dispatch(leaveBlock(state.tr, container ?? $from.before()))
    return true
  }
  if (container === undefined || !empty || line.type.name !== 'paragraph' || line.content.size > 0)
    return false
  const $line = state.doc.resolve($from.before())
  if (!containers.has($line.parent.type.name) || $line.nodeAfter !== $line.parent.lastChild) return false
  if (dispatch) {
    const tr = state.tr
    if ($line.parent.childCount > 1) tr.delete($line.pos, $line.pos + line.nodeSize)
    dispatch(leaveBlock(tr, container))
  }
  return true
}

/** Backspace at the start of a line of its own: an empty one goes away, any other stays as it is. */
const backspaceLine: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  if (!empty || $from.parentOffset > 0) return false
  const line = $from.parent
  const container = containerPos($from)
  const around = container === undefined ? null : state.doc.nodeAt(container)
  const paragraph = state.schema.nodes['paragraph']
  const onlyEmptyLines = around !== null && around.textContent === '' && !hasAtoms(around)
  const soleLine = around?.childCount === 1
  if (
    container !== undefined &&
    around &&
    onlyEmptyLines &&
    paragraph &&
    (line.type.name === 'goalTitle' || soleLine)
  ) {
    // Nothing is written in the block: Backspace turns it back into a line.
    if (dispatch) {
      const tr = state.tr.replaceWith(container, container + around.nodeSize, paragraph.create())
      dispatch(tr.setSelection(TextSelection.create(tr.doc, container + 1)))
    }
    return true
  }
  if (!ownLines.has(line.type.name)) return false
  if (line.type.name !== 'goalTitle' && line.content.size === 0 && dispatch) {
    const tr = state.tr.delete($from.before(), $from.after())
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve($from.before()), -1)).scrollIntoView())
  }
  return true
}

/** Delete at the end of a line of its own does nothing, instead of pulling the next block's text in. */
const deleteLine: Command = (state) => {
  const { $from, empty } = state.selection
  return empty && ownLines.has($from.parent.type.name) && $from.parentOffset === $from.parent.content.size
}

function hasAtoms(node: {
  descendants: (visit: (child: { isAtom: boolean; isText: boolean }) => void) => void
}): boolean {
  let found = false
  node.descendants((child) => {
    if (child.isAtom && !child.isText) found = true
  })
  return found
}

type KeyboardOptions = {
  /** Fields that a new measure starts with, such as the writer's own service. */
  newMeasure: () => Partial<MeasureFields>
}

/** How the blocks answer to keys: Enter walks on through a goal, Alt-arrows move the block at the caret. */
export const BlockKeyboard = Extension.create<KeyboardOptions>({
  name: 'blockKeyboard',
  // Ahead of the lists' and Tiptap's own keys.
  priority: 200,
  addOptions: () => ({ newMeasure: () => ({}) }),
  addKeyboardShortcuts() {
    const run =
      (...commands: Command[]) =>
      (): boolean => {
        const { state, view } = this.editor
        return commands.some((command) => command(state, view.dispatch, view))
      }
    const fields = (): Partial<MeasureFields> => this.options.newMeasure()
    return {
      Enter: run(enterTitle(fields), enterMeasure(fields), enterLeaves),
      Backspace: run(backspaceLine),
      Delete: run(deleteLine),
      'Alt-ArrowUp': run(moveBlockUp),
      'Alt-ArrowDown': run(moveBlockDown),
    }
  },
})
