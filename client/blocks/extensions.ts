import { type Extensions, Node, type NodeViewRenderer } from '@tiptap/core'
import { Dropcursor, Gapcursor } from '@tiptap/extensions'
import { BlockKeyboard } from '../../shared/blocks/keyboard.ts'
import { blockExtensions } from '../../shared/blocks/registry.ts'
import { UniqueIds } from '../../shared/blocks/unique-ids.ts'
import { concernView } from './ConcernView.tsx'
import { type BlocksContext, blocksContext } from './context.ts'
import { decisionView } from './DecisionView.tsx'
import { dragHandle } from './drag-handle.ts'
import { evaluationView } from './EvaluationView.tsx'
import { goalView } from './GoalView.tsx'
import { GoalNumbers } from './goal-numbers.ts'
import { measureView } from './MeasureView.tsx'
import { mentionView } from './mention-view.ts'
import { MentionMenu } from './menus/mention.ts'
import { SlashMenu } from './menus/slash.ts'
import { MoveKeys } from './move-keys.ts'
import { newMeasureFields } from './new-measure.ts'
import { CommentPaste } from './paste/comment-marks.ts'
import { CleanPaste } from './paste/extension.ts'
import { SelectionToolbar } from './selection-toolbar.ts'
import './blocks.css'

export type { BlocksContext } from './context.ts'

const views: Readonly<Record<string, NodeViewRenderer>> = {
  goal: goalView,
  measure: measureView,
  evaluation: evaluationView,
  concern: concernView,
  decision: decisionView,
  mention: mentionView,
}

/** The block as shared declares it, with its view. Dragging is the handle's: text in a block stays selectable. */
function withView(extension: Extensions[number]): Extensions[number] {
  const view = views[extension.name]
  return view && extension instanceof Node
    ? extension.extend({ draggable: false, addNodeView: () => view })
    : extension
}

const signature = ({ me }: BlocksContext) => ({
  by: me.id,
  service: me.service,
  at: new Date().toISOString(),
})

/** Everything an editor of a log needs except the shared document itself: blocks, views, menus, keys, pasting. */
export const editorExtensions = (context: BlocksContext): Extensions => [
  blocksContext(context),
  ...blockExtensions.map((extension) =>
    extension.name === BlockKeyboard.name
      ? BlockKeyboard.configure({ newMeasure: () => newMeasureFields(context) })
      : extension.name === UniqueIds.name
        ? UniqueIds.configure({ sign: () => signature(context) })
        : withView(extension),
  ),
  GoalNumbers,
  SlashMenu,
  MentionMenu,
  MoveKeys,
  CleanPaste.configure({ newMeasure: () => newMeasureFields(context) }),
  CommentPaste.configure({ isKnown: (thread) => context.isThread?.(thread) === true }),
  SelectionToolbar,
  dragHandle(),
  Gapcursor,
  Dropcursor.configure({ class: 'drop-here', width: 3, color: 'var(--ink)' }),
]
