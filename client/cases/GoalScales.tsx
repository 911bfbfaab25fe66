import { useTranslation } from 'react-i18next'
import type { CaseSummary, GoalSummary } from '../../shared/cases.ts'
import { useServices } from '../api/queries.ts'
import { SmallScale } from '../ui/SmallScale.tsx'
import { withoutName } from './find.ts'
import { useCaseName, useNamesHidden } from './hidden-names.ts'

/** The goals of a log in miniature, one a row. The words are for screen readers and for resting the pointer. */
export function GoalScales({ one: { id, subject, goals } }: { one: CaseSummary }) {
  const { t } = useTranslation()
  const services = useServices()
  const [hidden] = useNamesHidden()
  const nameOf = useCaseName()
  const standing = goals.filter(({ status }) => status !== 'abandoned')
  if (standing.length === 0) return <span className="no-goals">{t('cases.noGoals')}</span>
  const inWords = (goal: GoalSummary) => {
    const { number } = goal
    const seen = hidden ? withoutName(goal.title, subject.name, nameOf(id, subject.name)) : goal.title
    const title = seen.trim().replace(/\.$/, '')
    const name = title ? t('cases.goal', { number, title }) : t('cases.goalUntitled', { number })
    const ratings = goal.ratings.map(({ service, score }) => {
      const by = services.find(({ id }) => id === service)?.shortName ?? ''
      return t('cases.rating', { service: by, score: signed(score) })
    })
    return `${name}: ${ratings.join(', ') || t('cases.unrated')}`
  }
  return (
    <ul className="plain goal-scales">
      {standing.map((goal) => (
        <li key={goal.id} title={inWords(goal)}>
          <SmallScale ratings={goal.ratings} />
          <span className="unseen">{inWords(goal)}</span>
        </li>
      ))}
    </ul>
  )
}

const signed = (score: number) => (score > 0 ? `+${score}` : String(score).replace('-', '−'))
