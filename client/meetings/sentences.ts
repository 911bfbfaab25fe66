import { useTranslation } from 'react-i18next'
import type { MinutesRecord } from '../../shared/meetings.ts'
import { stepSign } from '../blocks/goal-model.ts'
import { day } from '../blocks/when.ts'

type Change = MinutesRecord['goals'][number]['changes'][number]
type Step = MinutesRecord['goals'][number]['ratings'][number]['after']

const measureStatuses = ['planned', 'underway', 'paused', 'done', 'stopped'] as const
const goalStatuses = ['proposed', 'active', 'paused', 'reached', 'abandoned'] as const

/** What happened in a meeting, in sentences. */
export function useSentences() {
  const { t, i18n } = useTranslation()
  const status = (value: string | null): string => {
    const ofMeasure = measureStatuses.find((one) => one === value)
    if (ofMeasure) return t(`blocks.measureStatus.${ofMeasure}`).toLocaleLowerCase()
    const ofGoal = goalStatuses.find((one) => one === value)
    return ofGoal ? t(`blocks.goalStatus.${ofGoal}`).toLocaleLowerCase() : '–'
  }
  const date = (value: string | null): string => (value ? day(value, i18n.language) : '–')
  return {
    /** A step with its sign, «−1»; a dash for none. */
    step: (step: Step): string => (step === null ? '–' : stepSign(step)),
    change({ text, what, from, to, by }: Change): string {
      const values =
        what === 'status'
          ? { from: status(from), to: status(to) }
          : what === 'due'
            ? { from: date(from), to: date(to) }
            : { from: from ?? '–', to: to ?? '–' }
      const sentence = t(`meetings.change.${what}`, { text, ...values })
      return by ? `${sentence} (${by.name})` : sentence
    },
  }
}
