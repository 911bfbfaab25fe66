import './rows.css'
import '../meetings/next-meeting.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseSummary } from '../../shared/cases.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Municipality } from '../../shared/services.ts'
import { Button } from '../ui/Button.tsx'
import { useMedia } from '../ui/media.ts'
import { Segments } from '../ui/Segments.tsx'
import { CaseCards } from './CaseCards.tsx'
import { CaseTable } from './CaseTable.tsx'
import { useSteadyOrder } from './order.ts'
import { isSilent, lacksSomething, takingPart } from './pulse.ts'

type Filter = 'all' | 'mine' | 'lacking'

/** What both the table and the cards are drawn from. */
export type CaseListProps = {
  cases: readonly CaseSummary[]
  municipality: Municipality
  me: Person
  now: Date
  /** Logs in which something waits for you. */
  waiting: ReadonlySet<CaseId>
}

/** The logs with their filter: a table, or cards where a table has no room. */
export function CaseList({ cases, municipality, me, now, waiting }: CaseListProps) {
  const { t } = useTranslation()
  const narrow = useMedia('(max-width: 860px)')
  const [filter, setFilter] = useState<Filter>('all')
  const { silentAfterDays } = municipality.settings
  const isWaiting = (one: CaseSummary) =>
    waiting.has(one.id) || one.pulses.some((beat) => isSilent(beat, silentAfterDays, now))
  const steady = useSteadyOrder(cases, isWaiting)
  const fits: Record<Filter, (one: CaseSummary) => boolean> = {
    all: () => true,
    mine: ({ coordinator }) => coordinator.person === me.id,
    lacking: (one) => lacksSomething(one, silentAfterDays, now),
  }
  const shown = steady.filter(fits[filter])
  const count =
    shown.length === cases.length
      ? t('cases.count', { count: cases.length })
      : t('cases.countOf', { shown: shown.length, count: cases.length })
  const Rows = narrow ? CaseCards : CaseTable

  return (
    <section className="sheet case-list" aria-labelledby="your-cases">
      <header className="case-list-head">
        <h2 id="your-cases">{t('cases.yours')}</h2>
        <span className="quiet" role="status">
          {count}
        </span>
        <Segments
          legend={t('cases.filter')}
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: t('cases.filterAll') },
            { value: 'mine', label: t('cases.filterMine') },
            { value: 'lacking', label: t('cases.filterLacking') },
          ]}
        />
      </header>
      {shown.length > 0 ? (
        <Rows
          cases={shown}
          services={takingPart(municipality.services, cases)}
          silentAfterDays={silentAfterDays}
          me={me}
          now={now}
          waiting={waiting}
        />
      ) : (
        <div className="case-list-none">
          <p>{t(filter === 'lacking' ? 'cases.nothingLacking' : 'cases.nothingHere')}</p>
          <Button variant="secondary" size="sm" onClick={() => setFilter('all')}>
            {t('cases.showAll')}
          </Button>
        </div>
      )}
    </section>
  )
}
