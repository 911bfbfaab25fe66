import { NodeViewContent, NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react'
import { useTranslation } from 'react-i18next'
import { ConcernFields, ConcernStatus } from '../../shared/blocks/concern.ts'
import { Tile } from '../ui/Tile.tsx'
import { BoxMenu } from './BoxMenu.tsx'
import { useBlocks } from './context.ts'
import { setFieldsAt } from './edit.ts'
import { blockView } from './node-view.ts'
import { StatusMenu } from './StatusMenu.tsx'
import { concernShapes } from './shapes.ts'

/** A concern: which service raises it, and whether it has been looked into. */
function Concern({ editor, node, getPos }: ReactNodeViewProps) {
  const { t } = useTranslation()
  const blocks = useBlocks(editor)
  const fields = ConcernFields.parse(node.attrs)
  const words = t('blocks.concernStatus', { returnObjects: true })
  return (
    <NodeViewWrapper className="box concern" role="group" aria-label={t('blocks.concern')}>
      <header className="box-head" contentEditable={false} data-controls="">
        {fields.service && <Tile service={fields.service} size={22} named />}
        <b>{t('blocks.concern')}</b>
        <StatusMenu
          status={fields.status}
          shapes={concernShapes}
          words={words}
          order={ConcernStatus.options}
          label={t('blocks.changeStatus', { status: words[fields.status] })}
          canChange={blocks.canWrite}
          onChange={(status) => setFieldsAt(editor, getPos, { status })}
        />
        <BoxMenu label={t('blocks.concernMenu')} editor={editor} getPos={getPos} />
      </header>
      <NodeViewContent className="box-content" />
    </NodeViewWrapper>
  )
}

export const concernView = blockView(Concern)
