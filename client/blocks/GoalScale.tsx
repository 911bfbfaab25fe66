import { useTranslation } from 'react-i18next'
import type { GoalFields } from '../../shared/blocks/goal.ts'
import type { Attainment } from '../../shared/cases.ts'
import type { Service } from '../../shared/services.ts'
import { useServices } from '../api/queries.ts'
import { Tile } from '../ui/Tile.tsx'
import { ownWording, type Standing, stepSign, steps } from './goal-model.ts'

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
  return (
    <ol className="goal-scale">
      {steps.map((step) => {
        const word = ownWording(fields, step) || t(`gas.${step}`)
        const standing = here.filter(({ score }) => score === step)
        const names = standing.map(
          ({ service: id }) => services.find((known) => known.id === id)?.shortName ?? '',
        )
        const sees = names.length > 0 ? `. ${t('blocks.standing', { services: names.join(', ') })}` : ''
        const words = { step: stepSign(step), word, service: service?.shortName ?? '' }
        const shown = (
          <>
            <span className="goal-step-tiles">
              {standing.map(({ service: id }) => (
                <Tile key={id} service={id} size={24} />
              ))}
            </span>
            <span className="goal-step-sign">{stepSign(step)}</span>
            <span className="goal-step-word">{word}</span>
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
                className="goal-step"
                aria-pressed={step === mine}
                aria-label={t('blocks.rateAs', words) + sees}
                onClick={() => onRate(step)}
              >
                {shown}
              </button>
            ) : (
              <span className="goal-step">
                <span className="unseen">{t('blocks.rateRead', words) + sees}</span>
                <span aria-hidden="true" className="goal-step-shown">
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
