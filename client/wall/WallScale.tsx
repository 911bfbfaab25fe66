import { useTranslation } from 'react-i18next'
import type { GoalOutline } from '../../shared/case-log/outline.ts'
import type { Attainment } from '../../shared/cases.ts'
import type { ServiceId } from '../../shared/ids.ts'
import { useServices } from '../api/queries.ts'
import { ownWording, steps } from '../blocks/goal-model.ts'
import { ScaleStep } from '../blocks/ScaleStep.tsx'
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
        return (
          <ScaleStep
            key={step}
            look="wall"
            step={step}
            word={say(ownWording(goal, step)) || t(`gas.${step}`)}
            service={chosen ? nameOf(chosen) : ''}
            names={standing.map(({ service }) =>
              rated.has(service) ? nameOf(service) : t('meeting.scale.earlier', { service: nameOf(service) }),
            )}
            tiles={standing.map(({ service }) => (
              <span key={service} data-earlier={!rated.has(service) || undefined}>
                <Tile service={service} size={44} />
              </span>
            ))}
            mine={step === mine}
            onRate={onRate}
          />
        )
      })}
    </ol>
  )
}
