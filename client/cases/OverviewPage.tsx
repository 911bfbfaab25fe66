import './overview.css'
import { EyeIcon, EyeSlashIcon, PlusIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/capabilities.ts'
import type { CaseSummary } from '../../shared/cases.ts'
import { useCases, useMe, useMunicipality, useServices } from '../api/queries.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { useNow } from '../ui/clock.ts'
import { firstName } from '../ui/names.ts'
import { useWaiting } from '../waiting/queries.ts'
import { isUnderway, useResponses } from '../waiting/responses.ts'
import { WaitingCards } from '../waiting/WaitingCards.tsx'
import { WaitingSentence } from '../waiting/WaitingSentence.tsx'
import { CaseList } from './CaseList.tsx'
import { EmptyOverview, FailedOverview } from './EmptyOverview.tsx'
import { useNamesHidden } from './hidden-names.ts'
import { OverviewSkeleton } from './OverviewSkeleton.tsx'
import { daysSince, isSilent } from './pulse.ts'

/** Your logs: who holds the baton, how the goals stand, and when each service last wrote. */
export function OverviewPage() {
  const { t } = useTranslation()
  const me = useMe()
  const now = useNow()
  const cases = useCases()
  const municipality = useMunicipality()
  const [hidden, toggleNames] = useNamesHidden()
  const mayStart = can(me.role, 'case.create')
  const waiting = useWaiting()
  const responses = useResponses()
  const open = waiting.data?.items.filter(({ key }) => !isUnderway(responses.get(key))) ?? []
  const count = open.length
  // Both at once, so that the cards never push the rows down; the rows wait neither without a line nor for a second try.
  const ready = !waiting.isPending || waiting.fetchStatus === 'paused' || waiting.errorUpdateCount > 0
  const silentAfter = municipality?.settings.silentAfterDays

  return (
    <div className="page overview">
      <title>{`${t('shell.overview')} · Stafett`}</title>
      <header className="overview-head">
        <div>
          <h1>{t(`cases.greeting.${partOfDay(now)}`, { name: firstName(me.name) })}</h1>
          <p className="lead">
            {count > 0 ? (
              <WaitingSentence count={count} />
            ) : ready && cases.data && silentAfter !== undefined ? (
              <CalmSentence cases={cases.data} silentAfter={silentAfter} now={now} />
            ) : (
              ' '
            )}
          </p>
        </div>
        <div className="overview-actions">
          <Button
            variant="secondary"
            aria-pressed={hidden}
            icon={hidden ? <EyeSlashIcon aria-hidden /> : <EyeIcon aria-hidden />}
            onClick={toggleNames}
          >
            {t('cases.hideNames')}
          </Button>
          {mayStart && (
            <ButtonLink to="/ny" icon={<PlusIcon aria-hidden />}>
              {t('cases.newLog')}
            </ButtonLink>
          )}
        </div>
      </header>
      {ready && cases.data && municipality ? (
        <>
          <WaitingCards waiting={waiting} />
          {cases.data.length === 0 ? (
            <EmptyOverview mayStart={mayStart} />
          ) : (
            <>
              {cases.isError && <FailedOverview error={cases.error} retry={cases.refetch} brief />}
              <CaseList
                cases={cases.data}
                municipality={municipality}
                me={me}
                now={now}
                waiting={new Set(open.flatMap((item) => item.case?.id ?? []))}
              />
            </>
          )}
        </>
      ) : cases.isError ? (
        <FailedOverview error={cases.error} retry={cases.refetch} />
      ) : (
        <OverviewSkeleton />
      )}
    </div>
  )
}

function CalmSentence({
  cases,
  silentAfter,
  now,
}: {
  cases: readonly CaseSummary[]
  silentAfter: number
  now: Date
}) {
  const { t } = useTranslation()
  const services = useServices()
  if (cases.length === 0) return t('cases.calmEmpty')
  const silent = cases.map(({ pulses }) => pulses.filter((beat) => isSilent(beat, silentAfter, now)))
  const [only, ...more] = silent.flat()
  if (!only) return t('cases.calm')
  const service = services.find(({ id }) => id === only.service)?.shortName ?? ''
  return (
    <>
      <strong className="waiting">
        {more.length === 0
          ? t('cases.silentOne', { service, count: daysSince(only.lastLineAt ?? '', now) })
          : t('cases.silent', { count: silent.filter((beats) => beats.length > 0).length })}
      </strong>{' '}
      {t('cases.otherwiseCalm')}
    </>
  )
}

function partOfDay(now: Date) {
  const hour = now.getHours()
  if (hour < 5) return 'night'
  if (hour < 10) return 'morning'
  return hour < 18 ? 'day' : 'evening'
}
