import type { Attainment } from '../../shared/cases.ts'
import type { ServiceId } from '../../shared/ids.ts'

const steps: readonly Attainment[] = [-2, -1, 0, 1, 2]

/** A goal in miniature: a black square for each service's latest step, side by side, never averaged. */
export function SmallScale({ ratings }: { ratings: readonly { service: ServiceId; score: Attainment }[] }) {
  return (
    <span className="small-scale" aria-hidden="true">
      {steps.map((step) => {
        const here = ratings.filter(({ score }) => score === step)
        return (
          <span key={step}>
            {here.map(({ service }) => (
              <b key={service} />
            ))}
            {here.length === 0 && <i className={step === 0 ? 'middle' : undefined} />}
          </span>
        )
      })}
    </span>
  )
}
