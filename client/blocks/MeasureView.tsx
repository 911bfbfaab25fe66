import { NodeViewContent, NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { canBeUnderway, MeasureFields, MeasureStatus } from '../../shared/blocks/measure.ts'
import { useBlocks } from './context.ts'
import { setFieldsAt } from './edit.ts'
import { MeasureService } from './MeasureService.tsx'
import { MeasureWhen } from './MeasureWhen.tsx'
import { blockView } from './node-view.ts'
import { Responsible } from './Responsible.tsx'
import { StatusMenu } from './StatusMenu.tsx'
import { measureShapes } from './shapes.ts'

/** A measure: which service, what, who and how often, and how it stands. Every fact is one click away. */
function Measure({ editor, node, getPos }: ReactNodeViewProps) {
  const { t } = useTranslation()
  const blocks = useBlocks(editor)
  const fields = MeasureFields.parse(node.attrs)
  const words = t('blocks.measureStatus', { returnObjects: true })
  const who = useRef<HTMLSpanElement>(null)
  const wantsUnderway = useRef(false)
  const set = (changed: Partial<MeasureFields>) => setFieldsAt(editor, getPos, changed)

  const setStatus = (status: MeasureStatus) => {
    if (status !== 'underway' || canBeUnderway(fields)) return set({ status })
    // Nothing is underway without a service and a person: ask for them here, then go on.
    wantsUnderway.current = true
    who.current?.querySelector('button')?.click()
  }
  const setWho = (changed: Pick<MeasureFields, 'service' | 'person'>) => {
    const underway = wantsUnderway.current && canBeUnderway({ ...fields, ...changed })
    wantsUnderway.current = false
    set(underway ? { ...changed, status: 'underway' } : changed)
  }

  return (
    <NodeViewWrapper className="measure" data-status={fields.status}>
      <span className="measure-service" contentEditable={false} data-controls="">
        <MeasureService
          service={fields.service}
          canChange={blocks.canWrite}
          services={blocks.services}
          onChange={(service) => set({ service })}
        />
      </span>
      <NodeViewContent
        className="measure-text"
        data-placeholder={node.content.size === 0 && blocks.canWrite ? t('blocks.measureEmpty') : undefined}
      />
      <span className="measure-facts" contentEditable={false} data-controls="">
        <span ref={who} className="measure-who">
          <Responsible
            fields={fields}
            blocks={blocks}
            onChange={setWho}
            onClose={() => (wantsUnderway.current = false)}
          />
        </span>
        <MeasureWhen fields={fields} canChange={blocks.canWrite} onChange={set} />
      </span>
      <span className="measure-status" contentEditable={false} data-controls="">
        <StatusMenu
          status={fields.status}
          shapes={measureShapes}
          words={words}
          order={MeasureStatus.options}
          label={t('blocks.changeStatus', { status: words[fields.status] })}
          canChange={blocks.canWrite}
          onChange={setStatus}
        />
      </span>
    </NodeViewWrapper>
  )
}

export const measureView = blockView(Measure)
