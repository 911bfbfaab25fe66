import { memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { canBeUnderway, type MeasureFields } from '../../shared/blocks/measure.ts'
import type { MeasureOutline } from '../../shared/case-log/outline.ts'
import { useMe, useServices } from '../api/queries.ts'
import { Responsible } from '../blocks/Responsible.tsx'
import { StatusShape } from '../blocks/StatusShape.tsx'
import { measureShapes } from '../blocks/shapes.ts'
import { day } from '../blocks/when.ts'
import { Tile } from '../ui/Tile.tsx'
import { change, nextStatus } from './log-changes.ts'
import { useLogOnWall, useOnWall } from './wall-context.ts'

/** Measures, large: service, what, who, and a status that one tap takes on. */
export function Measures({ measures }: { measures: readonly MeasureOutline[] }) {
  return (
    <ul className="plain wall-measures">
      {measures.map((measure) => (
        <li key={measure.id}>
          <OneMeasure measure={measure} />
        </li>
      ))}
    </ul>
  )
}

/** Drawn again for what changes of itself: a tap on the scale leaves all the measures alone. */
const OneMeasure = memo(function OneMeasure({ measure }: { measure: MeasureOutline }) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const services = useServices()
  const { say, offerUndo } = useOnWall()
  const { detail, editor, writes } = useLogOnWall()
  const who = useRef<HTMLSpanElement>(null)
  const wantsUnderway = useRef(false)
  const words = t('blocks.measureStatus', { returnObjects: true })

  const set = (fields: Partial<MeasureFields>, said: string) => {
    if (editor) offerUndo(said, change(editor, measure.id, fields))
  }
  const step = () => {
    const status = nextStatus[measure.status]
    if (status === 'underway' && !canBeUnderway(measure)) {
      // Nothing is underway without a service and a person: ask here, then go on.
      wantsUnderway.current = true
      who.current?.querySelector('button')?.click()
      return
    }
    set({ status }, t('meeting.measure.now', { text: say(measure.text), status: words[status] }))
  }
  const give = (chosen: Pick<MeasureFields, 'service' | 'person'>) => {
    const underway = wantsUnderway.current && canBeUnderway(chosen)
    wantsUnderway.current = false
    const fields = underway ? { ...chosen, status: 'underway' as const } : chosen
    set(fields, t('meeting.measure.given', { text: say(measure.text) }))
  }
  const accept = () => set({ status: 'underway' }, t('meeting.measure.accepted', { text: say(measure.text) }))

  const shown = (
    <>
      <StatusShape shape={measureShapes[measure.status]} />
      <span>{words[measure.status]}</span>
    </>
  )
  const blocks = {
    services,
    me,
    members: detail.members,
    canWrite: writes,
    canRate: false,
    rateThroughServer: undefined,
    askWho: undefined,
    comment: undefined,
    putOnAgenda: undefined,
  }
  const mineToTake = writes && measure.status === 'planned' && measure.person === me.id
  return (
    <div className="wall-measure" data-status={measure.status}>
      {measure.service ? (
        <Tile service={measure.service} size={44} named />
      ) : (
        <span className="wall-tile-missing" aria-hidden="true">
          ?
        </span>
      )}
      <span className="wall-measure-text">{say(measure.text) || t('meeting.measure.untitled')}</span>
      {mineToTake && (
        <button type="button" className="wall-accept" onClick={accept}>
          {t('meeting.measure.accept')}
        </button>
      )}
      <span ref={who} className="wall-measure-who">
        <Responsible
          fields={measure}
          blocks={blocks}
          onChange={give}
          onClose={() => (wantsUnderway.current = false)}
        />
        {measure.due && (
          <span className="wall-measure-due">
            {t('blocks.until', { date: day(measure.due, i18n.language) })}
          </span>
        )}
      </span>
      {writes ? (
        <button
          type="button"
          className="wall-status"
          aria-label={t('meeting.measure.step', {
            status: words[measure.status],
            next: words[nextStatus[measure.status]],
          })}
          onClick={step}
        >
          {shown}
        </button>
      ) : (
        <span className="wall-status">{shown}</span>
      )}
    </div>
  )
})
