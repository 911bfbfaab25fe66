import { PlusIcon } from '@navikt/aksel-icons'
import type { Node } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { NodeViewContent, NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GoalFields } from '../../shared/blocks/goal.ts'
import { addMeasure } from '../../shared/blocks/goal-commands.ts'
import { GoalDisagreements } from '../disagreements/GoalDisagreements.tsx'
import { useBlocks } from './context.ts'
import { blockAt, run } from './edit.ts'
import { GoalHead } from './GoalHead.tsx'
import { GoalNow } from './GoalNow.tsx'
import { goalLooksDifferent } from './goal-model.ts'
import { goalNumberOf } from './goal-numbers.ts'
import { newMeasureFields } from './new-measure.ts'
import { blockView } from './node-view.ts'

const hasTitle = (goal: Node): boolean => {
  let found = false
  goal.forEach((child) => {
    if (child.type.name === 'goalTitle') found = true
  })
  return found
}

/**
 * A goal. Its children may stand in any order in the document [BL1]; the style sheet shows title, text,
 * measures, scale and evaluations in theirs.
 */
function Goal({ editor, node, decorations, getPos }: ReactNodeViewProps) {
  const { t } = useTranslation()
  const blocks = useBlocks(editor)
  const fields = GoalFields.parse(node.attrs)
  const number = goalNumberOf(decorations)
  const [showsAll, setShowsAll] = useState(false)
  const view = { editor, getPos, fields, number }

  const startTitle = () => {
    const block = blockAt(editor, getPos)
    const title = editor.schema.nodes['goalTitle']
    if (!block || !title) return
    const tr = editor.state.tr.insert(block.pos + 1, title.create())
    editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, block.pos + 2)))
    editor.view.focus()
  }
  const startMeasure = () => {
    if (fields.id && run(editor, addMeasure(fields.id, newMeasureFields(blocks)))) editor.view.focus()
  }

  return (
    <NodeViewWrapper
      className="goal"
      data-status={fields.status}
      data-shows-all={showsAll || undefined}
      role="group"
      aria-label={t('blocks.goalNumber', { number })}
    >
      <GoalHead {...view} />
      {!hasTitle(node) && (
        <div className="goal-untitled" contentEditable={false} data-controls="">
          {blocks.canWrite && (
            <button type="button" className="block-control" onClick={startTitle}>
              {t('blocks.writeTitle')}
            </button>
          )}
        </div>
      )}
      <NodeViewContent className="goal-content" />
      {blocks.canWrite && (
        <div className="goal-add" contentEditable={false} data-controls="">
          <button
            type="button"
            className="block-control"
            aria-label={t('blocks.addMeasureTo', { number })}
            onClick={startMeasure}
          >
            <PlusIcon aria-hidden />
            {t('blocks.addMeasure')}
          </button>
        </div>
      )}
      <GoalNow {...view} goal={node} showsAll={showsAll} onShowAll={() => setShowsAll(!showsAll)} />
      <GoalDisagreements goal={fields.id} />
    </NodeViewWrapper>
  )
}

export const goalView = blockView(
  Goal,
  ({ before, after, decorationsBefore, decorations }) =>
    goalLooksDifferent(before, after) || goalNumberOf(decorationsBefore) !== goalNumberOf(decorations),
)
