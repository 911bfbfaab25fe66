import type { Editor } from '@tiptap/core'
import { Fragment } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import type { UndoManager } from 'yjs'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import { findBlock } from '../../shared/blocks/edit.ts'
import type { BlockJson } from '../../shared/blocks/json.ts'
import type { Attainment } from '../../shared/cases.ts'
import type { BlockId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'

/** What the composer's line becomes. */
export type Target =
  | { readonly kind: 'line' }
  | { readonly kind: 'measure'; readonly goal: BlockId }
  | { readonly kind: 'evaluation'; readonly goal: BlockId; readonly score: Attainment | undefined }

/** A composed line can be undone alone, whatever was typed just before and after. */
function alone(editor: Editor, change: () => void): void {
  const { undoManager }: { undoManager?: UndoManager } = yUndoPluginKey.getState(editor.state) ?? {}
  undoManager?.stopCapturing()
  change()
  undoManager?.stopCapturing()
}

function blockOf(target: Target, content: BlockJson[], me: Person): BlockJson | undefined {
  const id = newBlockId()
  if (target.kind === 'line') return { type: 'paragraph', content }
  if (target.kind === 'measure')
    return { type: 'measure', attrs: { id, service: me.service, person: me.id }, content }
  if (target.score === undefined) return undefined
  const at = new Date().toISOString()
  return {
    type: 'evaluation',
    attrs: { id, service: me.service, by: me.id, at, score: target.score },
    content,
  }
}

/** Where in a goal a new child of this kind goes: measures after the last one, evaluations last. */
function placeIn(editor: Editor, target: Exclude<Target, { kind: 'line' }>): number | undefined {
  const goal = findBlock(editor.state.doc, target.goal)
  if (!goal) return undefined
  let place = goal.node.content.size
  if (target.kind === 'measure') {
    let last: number | undefined
    let evaluation: number | undefined
    goal.node.forEach((child, offset) => {
      if (child.type.name === 'measure') last = offset + child.nodeSize
      if (child.type.name === 'evaluation') evaluation ??= offset
    })
    place = last ?? evaluation ?? place
  }
  return goal.pos + 1 + place
}

/** Puts a composed line into the log, here and now. The caret stays where it was. Undefined when the goal is gone. */
export function putLine(
  editor: Editor,
  target: Target,
  content: BlockJson[],
  me: Person,
): HTMLElement | undefined {
  const { state } = editor
  const { doc } = state
  const json = blockOf(target, content, me)
  if (!json) return undefined
  const node = state.schema.nodeFromJSON(json)
  const last = doc.lastChild
  // An empty paragraph that waits at the end is the line's own place.
  const waiting = target.kind === 'line' && last?.type.name === 'paragraph' && last.content.size === 0
  const place = target.kind === 'line' ? doc.content.size - (waiting ? 2 : 0) : placeIn(editor, target)
  if (place === undefined) return undefined
  alone(editor, () => {
    const tr = waiting
      ? state.tr.insert(place + 1, Fragment.from(node.content))
      : state.tr.insert(place, node)
    editor.view.dispatch(tr)
  })
  const dom = editor.view.nodeDOM(place)
  return dom instanceof HTMLElement ? dom : undefined
}

/** Puts the caret in an empty paragraph at the end, making one only when there is none. */
export function focusEnd(editor: Editor): void {
  const { state, view } = editor
  const { tr } = state
  const last = state.doc.lastChild
  if (!(last?.type.name === 'paragraph' && last.content.size === 0)) {
    const paragraph = state.schema.nodes['paragraph']
    if (paragraph) tr.insert(state.doc.content.size, paragraph.create())
  }
  tr.setSelection(TextSelection.atEnd(tr.doc)).scrollIntoView()
  view.dispatch(tr)
  view.focus()
}

/** Scrolls to the end once the server's line stands there. */
export function showWhenThere(editor: Editor, text: string): void {
  const show = (): void => {
    if (editor.isDestroyed || editor.state.doc.lastChild?.textContent !== text) return
    stop()
    editor.view.dom.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }
  const stop = (): void => {
    clearTimeout(giveUp)
    editor.off('transaction', show)
  }
  const giveUp = setTimeout(stop, 3000)
  editor.on('transaction', show)
  show()
}
