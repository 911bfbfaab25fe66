import type { Editor } from '@tiptap/core'
import { Selection } from '@tiptap/pm/state'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import { findBlock, removeBlock, setFields } from '../../shared/blocks/edit.ts'
import { addMeasure } from '../../shared/blocks/goal-commands.ts'
import { type BlockJson, decision, paragraph } from '../../shared/blocks/json.ts'
import type { MeasureFields, MeasureStatus } from '../../shared/blocks/measure.ts'
import type { BlockId, PersonId } from '../../shared/ids.ts'
import { run } from '../blocks/edit.ts'
import { minutesSpan } from './minutes-only.ts'

/** What one tap makes of a status: planned, underway, done, and round again. What stood still goes on. */
export const nextStatus: Record<MeasureStatus, MeasureStatus> = {
  planned: 'underway',
  underway: 'done',
  done: 'planned',
  paused: 'underway',
  stopped: 'planned',
}

/** Sets single values of a block; returns how to take that back, or undefined when the block is gone. */
export function change(
  editor: Editor,
  block: BlockId,
  fields: Partial<MeasureFields>,
): (() => void) | undefined {
  const found = editor.isDestroyed ? undefined : findBlock(editor.state.doc, block)
  if (!found) return undefined
  const before = Object.fromEntries(Object.keys(fields).map((name) => [name, found.node.attrs[name]]))
  run(editor, setFields(block, fields))
  return () => void run(editor, setFields(block, before))
}

/** A new measure in a goal; returns how to take it away again, or undefined when the goal is gone. */
export function newMeasure(
  editor: Editor,
  goal: BlockId,
  fields: Partial<MeasureFields>,
  text: string,
): (() => void) | undefined {
  const id = newBlockId()
  if (!run(editor, addMeasure(goal, { ...fields, id }, text))) return undefined
  return () => void run(editor, removeBlock(id))
}

/** Puts a block last in the minutes, before an empty line that waits there. False until the minutes are there. */
function intoMinutes(editor: Editor, minutes: BlockId | undefined, json: BlockJson): boolean {
  const span = editor.isDestroyed ? undefined : minutesSpan(editor.state.doc, minutes)
  if (!span) return false
  const { state } = editor
  const last = state.doc.resolve(span.to).nodeBefore
  const waiting = last?.type.name === 'paragraph' && last.content.size === 0
  editor.view.dispatch(
    state.tr.insert(span.to - (waiting ? last.nodeSize : 0), state.schema.nodeFromJSON(json)),
  )
  return true
}

export const addLine = (editor: Editor, minutes: BlockId | undefined, text: string): boolean =>
  intoMinutes(editor, minutes, paragraph(text))

/** Writes what was agreed into the minutes, signed. */
export const addDecision = (
  editor: Editor,
  minutes: BlockId | undefined,
  by: PersonId,
  text: string,
): boolean => intoMinutes(editor, minutes, decision({ by, at: new Date().toISOString() }, [paragraph(text)]))

/** Puts the caret at the end of the minutes, in a new line where none waits. */
export function writeMinutes(editor: Editor, minutes: BlockId | undefined): boolean {
  const span = editor.isDestroyed ? undefined : minutesSpan(editor.state.doc, minutes)
  if (!span) return false
  const { tr, schema, doc } = editor.state
  const last = doc.resolve(span.to).nodeBefore
  const node = schema.nodes['paragraph']
  if (node && !(last?.type === node && last.content.size === 0)) tr.insert(span.to, node.create())
  const end = tr.mapping.map(span.to)
  editor.view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(end), -1)).scrollIntoView())
  editor.view.focus()
  return true
}
