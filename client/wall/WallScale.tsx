import { useTranslation } from 'react-i18next'
import type { GoalOutline } from '../../shared/case-log/outline.ts'
import type { Attainment } from '../../shared/cases.ts'
import type { ServiceId } from '../../shared/ids.ts'
import { useServices } from '../api/queries.ts'
import { ownWording, stepSign, steps } from '../blocks/goal-model.ts'
import { Tile } from '../ui/Tile.tsx'
import { useOnWall } from './wall-context.ts'

type Given = {
  goal: GoalOutline
  /** Services that have rated since the meeting began; what the others see is from before. */
  rated: ReadonlySet<ServiceId>
  /** For whom a tap rates. */
  chosen: ServiceId | undefined
  onRate: ((step: Attainment) => void) | undefined
}

/** The five steps, large: one tile a service where that service sees it, side by side and never averaged. */
export function WallScale({ goal, rated, chosen, onRate }: Given) {
  const { t } = useTranslation()
  const { say } = useOnWall()
  const services = useServices()
  const nameOf = (id: ServiceId) => services.find((one) => one.id === id)?.shortName ?? ''
  const mine = goal.latestRatings.find(({ service }) => service === chosen)?.score
  return (
    <ol className="plain wall-scale">
      {steps.map((step) => {
        const standing = goal.latestRatings.filter(({ score }) => score === step)
        const word = say(ownWording(goal, step)) || t(`gas.${step}`)
        const names = standing.map(({ service }) =>
          rated.has(service) ? nameOf(service) : t('meeting.scale.earlier', { service: nameOf(service) }),
        )
        const sees = names.length > 0 ? `. ${t('blocks.standing', { services: names.join(', ') })}` : ''
        const words = { step: stepSign(step), word, service: chosen ? nameOf(chosen) : '' }
        const shown = (
          <>
            <span className="wall-step-tiles">
              {standing.map(({ service }) => (
                <span key={service} data-earlier={!rated.has(service) || undefined}>
                  <Tile service={service} size={44} />
                </span>
              ))}
            </span>
            <span className="wall-step-sign">{stepSign(step)}</span>
            <span className="wall-step-word">{word}</span>
          </>
        )
        return (
          <li
            key={step}
            data-standing={standing.length > 0 || undefined}
            data-mine={step === mine || undefined}
          >
            {onRate ? (
              <button
                type="button"
                className="wall-step"
                aria-pressed={step === mine}
                aria-label={t('blocks.rateAs', words) + sees}
                onClick={() => onRate(step)}
              >
                {shown}
              </button>
            ) : (
              <span className="wall-step">
                <span className="unseen">{t('blocks.rateRead', words) + sees}</span>
                <span aria-hidden="true" className="wall-step-shown">
                  {shown}
                </span>
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
