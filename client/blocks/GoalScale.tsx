import { useTranslation } from 'react-i18next'
import type { GoalFields } from '../../shared/blocks/goal.ts'
import type { Attainment } from '../../shared/cases.ts'
import type { Service } from '../../shared/services.ts'
import { useServices } from '../api/queries.ts'
import { Tile } from '../ui/Tile.tsx'
import { ownWording, type Standing, steps } from './goal-model.ts'
import { ScaleStep } from './ScaleStep.tsx'

type Props = {
  fields: GoalFields
  here: readonly Standing[]
  /** My service's latest step. */
  mine: Attainment | undefined
  service: Service | undefined
  onRate: ((step: Attainment) => void) | undefined
}

/** Five steps; each service's tile stands where that service sees it. */
export function GoalScale({ fields, here, mine, service, onRate }: Props) {
  const { t } = useTranslation()
  const services = useServices()
  const nameOf = (id: string) => services.find((known) => known.id === id)?.shortName ?? ''
  return (
    <ol className="goal-scale">
      {steps.map((step) => {
        const standing = here.filter(({ score }) => score === step)
        return (
          <ScaleStep
            key={step}
            look="goal"
            step={step}
            word={ownWording(fields, step) || t(`gas.${step}`)}
            service={service?.shortName ?? ''}
            names={standing.map(({ service: id }) => nameOf(id))}
            tiles={standing.map(({ service: id }) => <Tile key={id} service={id} size={24} />)}
            mine={step === mine}
            onRate={onRate}
          />
        )
      })}
    </ol>
  )
}
