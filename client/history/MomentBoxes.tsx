import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryNode } from '../../shared/history.ts'
import { ServiceId } from '../../shared/ids.ts'
import { stepSign } from '../blocks/goal-model.ts'
import { type Shape, StatusShape } from '../blocks/StatusShape.tsx'
import { concernShapes, goalShapes, measureShapes } from '../blocks/shapes.ts'
import { signedAt } from '../blocks/when.ts'
import { Tile } from '../ui/Tile.tsx'
import { useDrawing } from './drawing.ts'
import { FieldChange } from './FieldChange.tsx'
import { MomentRuns } from './MomentRuns.tsx'
import { type Saying, saidValue } from './sentences.ts'

const shapeOf = (shapes: Record<string, Shape>, status: unknown): Shape => shapes[String(status)] ?? 'dashed'

function Status({ node, shapes }: { node: HistoryNode; shapes: Record<string, Shape> }) {
  const status = node.fields['status'] ?? Object.keys(shapes)[0] ?? ''
  return (
    <span className="moment-status">
      <StatusShape shape={shapeOf(shapes, status)} />
      <FieldChange
        node={{ ...node, fields: { ...node.fields, status } }}
        field="status"
        saying={useDrawing().saying}
        capital
      />
    </span>
  )
}

/** A goal; `number` is 0 for one that went. */
export function Goal({ node, number, children }: { node: HistoryNode; number: number; children: ReactNode }) {
  const { t } = useTranslation()
  const { saying } = useDrawing()
  const review = saidValue('goal', 'reviewDate', node.fields['reviewDate'] ?? null, saying)
  const owners = saidValue('goal', 'services', node.fields['services'] ?? null, saying)
  return (
    <section
      className="goal"
      aria-label={number > 0 ? t('blocks.goalNumber', { number }) : t('history.moment.gone')}
    >
      <header className="goal-head">
        <span className="goal-number">
          {number > 0 ? t('blocks.goalNumber', { number }) : t('history.moment.gone')}
        </span>
        <Status node={node} shapes={goalShapes} />
        {owners && <span className="goal-owners">{t('blocks.ownersOf', { services: owners })}</span>}
        {review && <span className="goal-review">{t('blocks.reviewed', { date: review })}</span>}
      </header>
      <div className="goal-content">
        <div data-node-view-content-react="">{children}</div>
      </div>
    </section>
  )
}

function ServiceTile({ node }: { node: HistoryNode }) {
  const id = ServiceId.safeParse(node.fields['service'])
  return id.success ? <Tile service={id.data} size={24} named /> : <span className="tile-missing">?</span>
}

export function Measure({ node }: { node: HistoryNode }) {
  const { writers, saying } = useDrawing()
  const facts = (['person', 'frequency', 'start', 'due'] as const).filter(
    (field) => node.fields[field] || node.before?.[field],
  )
  return (
    <div className="measure">
      <span className="measure-service">
        <ServiceTile node={node} />
      </span>
      <span className="measure-text">
        <MomentRuns runs={node.runs} writers={writers} />
      </span>
      <span className="measure-facts moment-facts">
        {facts.map((field) => (
          <FieldChange key={field} node={node} field={field} saying={saying} />
        ))}
      </span>
      <span className="measure-status">
        <Status node={node} shapes={measureShapes} />
      </span>
    </div>
  )
}

/** Who signed a block, and when. */
function Signature({ fields: { by, at }, saying }: { fields: HistoryNode['fields']; saying: Saying }) {
  const { t } = useTranslation()
  const name = typeof by === 'string' ? saying.person(by) : undefined
  const when = typeof at === 'string' ? signedAt(at, saying.language, t) : ''
  const text = name && when ? t('blocks.signature', { name, when }) : when
  return text ? <span className="box-signed">{text}</span> : null
}

export function Evaluation({ node }: { node: HistoryNode }) {
  const { writers, saying } = useDrawing()
  const { score, outcome } = node.fields
  const was = node.before?.['score']
  return (
    <div className="evaluation">
      <span className="evaluation-step">
        <ServiceTile node={node} />
        {typeof was === 'number' && <del>{signOf(was)}</del>}{' '}
        <b>{typeof score === 'number' ? signOf(score) : '?'}</b>
      </span>
      <span className="evaluation-line">
        <MomentRuns runs={node.runs} writers={writers} />
      </span>
      <span className="evaluation-signed">
        {typeof outcome === 'string' && <FieldChange node={node} field="outcome" saying={saying} capital />}{' '}
        <Signature fields={node.fields} saying={saying} />
      </span>
    </div>
  )
}
const signOf = (score: number) => stepSign(([-2, -1, 0, 1, 2] as const).find((one) => one === score) ?? 0)

/** A concern or an agreement. */
export function Box({ node, children }: { node: HistoryNode; children: ReactNode }) {
  const { t } = useTranslation()
  const { saying } = useDrawing()
  const concern = node.type === 'concern'
  return (
    <section className={`box ${node.type}`} aria-label={concern ? t('blocks.concern') : t('blocks.decision')}>
      <header className="box-head">
        {concern && <ServiceTile node={node} />}
        <b>{concern ? t('blocks.concern') : t('blocks.decision')}</b>
        {concern && <Status node={node} shapes={concernShapes} />}
        <Signature fields={node.fields} saying={saying} />
      </header>
      <div className="box-content">{children}</div>
    </section>
  )
}
