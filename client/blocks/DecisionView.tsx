import { NodeViewContent, NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react'
import { useTranslation } from 'react-i18next'
import { DecisionFields } from '../../shared/blocks/decision.ts'
import { firstName } from '../ui/names.ts'
import { Tile } from '../ui/Tile.tsx'
import { BoxMenu } from './BoxMenu.tsx'
import { useBlocks } from './context.ts'
import { blockView } from './node-view.ts'
import { signedAt } from './when.ts'

/** What was agreed, by whom it was written down, and when. */
function Decision({ editor, node, getPos }: ReactNodeViewProps) {
  const { t, i18n } = useTranslation()
  const blocks = useBlocks(editor)
  const fields = DecisionFields.parse(node.attrs)
  const writer = blocks.members.find(({ person }) => person === fields.by)
  const when = fields.at ? signedAt(fields.at, i18n.language, t) : ''
  return (
    <NodeViewWrapper className="box decision" role="group" aria-label={t('blocks.decision')}>
      <header className="box-head" contentEditable={false} data-controls="">
        {writer && <Tile service={writer.service} size={22} named />}
        <b>{t('blocks.decision')}</b>
        <span className="box-signed">
          {writer && when ? t('blocks.signature', { name: firstName(writer.name), when }) : when}
        </span>
        <BoxMenu label={t('blocks.decisionMenu')} editor={editor} getPos={getPos} />
      </header>
      <NodeViewContent className="box-content" />
    </NodeViewWrapper>
  )
}

export const decisionView = blockView(Decision)
