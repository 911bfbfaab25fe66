import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import { findBlock, removeBlock, setFields } from '../../shared/blocks/edit.ts'
import { EvaluationFields } from '../../shared/blocks/evaluation.ts'
import { rateGoal } from '../../shared/blocks/goal-commands.ts'
import type { Attainment } from '../../shared/cases.ts'
import type { BlockId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { run } from './edit.ts'

/** How long a second tap still corrects the first one. */
const SAME_RATING = 5 * 60_000

type Own = { id: BlockId; score: Attainment; empty: boolean }

/** My own rating of this goal from the last minutes, if any, and if no colleague in my service has rated since. */
function recent(goal: Node, me: Person, now: number): Own | undefined {
  let found: Own | undefined
  let newest = ''
  goal.forEach((child) => {
    if (child.type.name !== 'evaluation') return
    const { id, by, at, service, score } = EvaluationFields.parse(child.attrs)
    if (service !== me.service || score === null || (at ?? '') < newest) return
    newest = at ?? ''
    const fresh = at !== null && Math.abs(now - Date.parse(at)) < SAME_RATING
    found = id && by === me.id && fresh ? { id, score, empty: child.content.size === 0 } : undefined
  })
  return found
}

/** Takes back what was just done; rejects when the server did not do so. */
export type Undo = () => unknown

/**
 * Rates a goal for my service. A tap right after my last one corrects that one; anything else stands beside
 * what others saw. The line goes into my fresh rating while that has none. Returns how to take it back.
 */
export function rate(
  editor: Editor,
  goalId: BlockId,
  me: Person,
  score: Attainment,
  line = '',
): Undo | undefined {
  const goal = findBlock(editor.state.doc, goalId)?.node
  if (!goal) return undefined
  const own = recent(goal, me, Date.now())
  if (own && (line === '' || own.empty)) {
    run(editor, setFields(own.id, { score }))
    const inserted = line !== '' && writeLine(editor, own.id, line)
    return () => {
      run(editor, setFields(own.id, { score: own.score }))
      if (inserted) emptyLine(editor, own.id)
    }
  }
  const id = newBlockId()
  const at = new Date().toISOString()
  run(editor, rateGoal(goalId, { id, service: me.service, score, by: me.id, at, line }))
  return () => run(editor, removeBlock(id))
}

function writeLine(editor: Editor, id: BlockId, line: string): boolean {
  const block = findBlock(editor.state.doc, id)
  if (!block) return false
  editor.view.dispatch(editor.state.tr.insertText(line, block.pos + 1))
  return true
}

function emptyLine(editor: Editor, id: BlockId): void {
  const block = findBlock(editor.state.doc, id)
  if (block) editor.view.dispatch(editor.state.tr.delete(block.pos + 1, block.pos + block.node.nodeSize - 1))
}
