import { CheckmarkIcon } from '@navikt/aksel-icons'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GoalOutline } from '../../shared/case-log/outline.ts'
import type { Attainment } from '../../shared/cases.ts'
import type { ServiceId } from '../../shared/ids.ts'
import { can } from '../../shared/roles.ts'
import { useMe, useServices } from '../api/queries.ts'
import { stepSign } from '../blocks/goal-model.ts'
import { FieldError } from '../ui/Field.tsx'
import { Tile } from '../ui/Tile.tsx'
import { useKeys } from './use-keys.ts'
import { useRating } from './use-rating.ts'
import { WallScale } from './WallScale.tsx'
import { useLogOnWall, useOnWall } from './wall-context.ts'

/** Services of those in this log who are in the meeting, and of those who have seen the goal before, in the municipality's order. */
function useServicesHere(goal: GoalOutline) {
  const { meeting } = useOnWall()
  const { detail } = useLogOnWall()
  const members = new Set(detail.members.map(({ person }) => person))
  const here = new Set<ServiceId>(goal.latestRatings.map(({ service }) => service))
  for (const { person, service, leftOut, attended } of meeting.people)
    if (leftOut === null && attended !== false && members.has(person)) here.add(service)
  return useServices().filter(({ id }) => here.has(id))
}

/** Services that have rated the goal since the meeting began. */
function ratedSince(goal: GoalOutline, start: number): Set<ServiceId> {
  const since = goal.latestRatings.filter(({ at }) => at !== null && Date.parse(at) >= start)
  return new Set(since.map(({ service }) => service))
}

/** «Hvor er vi nå?» on the wall: choose a service, tap a step. */
export function WhereNow({ goal }: { goal: GoalOutline }) {
  const { t } = useTranslation()
  const me = useMe()
  const heading = useId()
  const { meeting, leads, offerUndo, forgetUndo } = useOnWall()
  const { detail, writes } = useLogOnWall()
  const services = useServicesHere(goal)
  const rated = ratedSince(goal, meeting.live?.startedAt ?? 0)
  const [picked, setPicked] = useState<ServiceId>()
  const [failed, setFailed] = useState(false)
  const rate = useRating(goal)

  // Family rates through the server; whoever writes rates in the text itself.
  const mayRate = can(detail.role, 'goal.rate') && (writes || !can(detail.role, 'log.write'))
  const chosen = leads ? (picked ?? me.service) : me.service
  const tap = (step: Attainment) => {
    setFailed(false)
    forgetUndo()
    const service = services.find(({ id }) => id === chosen)?.shortName ?? ''
    rate(chosen, step)
      .then((undo) => offerUndo(t('meeting.scale.rated', { service, step: stepSign(step) }), undo))
      .catch(() => setFailed(true))
  }
  useKeys((act) => {
    if (act.kind !== 'rate' || !mayRate) return false
    tap(act.step)
    return true
  })

  return (
    <section className="wall-now" aria-labelledby={heading}>
      <div className="wall-now-head">
        <h3 id={heading}>{t('blocks.whereNow')}</h3>
        <ul className="plain wall-chips" aria-label={t('meeting.scale.services')}>
          {services.map(({ id, shortName }) => {
            const shown = (
              <>
                <Tile service={id} size={34} />
                {shortName}
                {rated.has(id) && <CheckmarkIcon title={t('meeting.scale.hasRated')} />}
              </>
            )
            return (
              <li key={id}>
                {leads && mayRate ? (
                  <button
                    type="button"
                    className="wall-chip"
                    aria-pressed={id === chosen}
                    onClick={() => setPicked(id)}
                  >
                    {shown}
                  </button>
                ) : (
                  <span className="wall-chip" data-mine={(mayRate && id === chosen) || undefined}>
                    {shown}
                  </span>
                )}
              </li>
            )
          })}
        </ul>
      </div>
      <WallScale
        goal={goal}
        rated={rated}
        chosen={mayRate ? chosen : undefined}
        onRate={mayRate ? tap : undefined}
      />
      <span role="alert">{failed && <FieldError>{t('blocks.notRated')}</FieldError>}</span>
    </section>
  )
}
