import { TrashIcon } from '@navikt/aksel-icons'
import { NodeViewContent, NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react'
import { useTranslation } from 'react-i18next'
import { EvaluationFields, EvaluationOutcome } from '../../shared/blocks/evaluation.ts'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuLine } from '../ui/Menu.tsx'
import { firstName } from '../ui/names.ts'
import { Tile } from '../ui/Tile.tsx'
import { removeAt } from './block-actions.ts'
import { useBlocks } from './context.ts'
import { setFieldsAt } from './edit.ts'
import { stepSign, steps } from './goal-model.ts'
import { blockView } from './node-view.ts'
import { signedAt } from './when.ts'

/** What one service saw at one time: tile, step, a line, and who signed it. Only its writer changes the step. */
function Evaluation({ editor, node, getPos }: ReactNodeViewProps) {
  const { t, i18n } = useTranslation()
  const blocks = useBlocks(editor)
  const fields = EvaluationFields.parse(node.attrs)
  const writer = blocks.members.find(({ person }) => person === fields.by)
  const set = (changed: Partial<EvaluationFields>) => setFieldsAt(editor, getPos, changed)
  const sign = fields.score === null ? '?' : stepSign(fields.score)
  const mine = blocks.canWrite && (fields.by === null || fields.by === blocks.me.id)
  const when = fields.at ? signedAt(fields.at, i18n.language, t) : ''
  const signature = writer && when ? t('blocks.signature', { name: firstName(writer.name), when }) : when
  const label = fields.score === null ? t('blocks.noStep') : t('blocks.evaluationStep', { step: sign })

  return (
    <NodeViewWrapper className="evaluation">
      <span className="evaluation-step" contentEditable={false} data-controls="">
        {fields.service && <Tile service={fields.service} size={24} named />}
        {mine ? (
          <Menu label={label} button={<b>{sign}</b>} align="start" className="block-control">
            <MenuGroup label={t('blocks.whereNow')}>
              {steps.map((step) => (
                <MenuChoice key={step} checked={step === fields.score} onSelect={() => set({ score: step })}>
                  <b className="evaluation-sign">{stepSign(step)}</b> {t(`gas.${step}`)}
                </MenuChoice>
              ))}
            </MenuGroup>
            <MenuLine />
            <MenuGroup label={t('blocks.outcomeLabel')}>
              {EvaluationOutcome.options.map((outcome) => (
                <MenuChoice
                  key={outcome}
                  checked={outcome === fields.outcome}
                  onSelect={() => set({ outcome })}
                >
                  {t(`blocks.outcome.${outcome}`)}
                </MenuChoice>
              ))}
              <MenuChoice checked={fields.outcome === null} onSelect={() => set({ outcome: null })}>
                {t('blocks.noOutcome')}
              </MenuChoice>
            </MenuGroup>
            <MenuLine />
            <MenuItem icon={<TrashIcon aria-hidden />} onSelect={() => removeAt(editor, getPos)}>
              {t('blocks.remove')}
            </MenuItem>
          </Menu>
        ) : (
          <b>{sign}</b>
        )}
      </span>
      <NodeViewContent
        className="evaluation-line"
        data-placeholder={
          node.content.size === 0 && mine && fields.score === null ? t('blocks.evaluationEmpty') : undefined
        }
      />
      <span className="evaluation-signed" contentEditable={false} data-controls="">
        {fields.outcome && <b>{t(`blocks.outcome.${fields.outcome}`)}</b>} {signature}
      </span>
    </NodeViewWrapper>
  )
}

export const evaluationView = blockView(Evaluation)
