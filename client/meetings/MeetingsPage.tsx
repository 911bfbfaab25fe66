import './meetings.css'
import { PlusIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/capabilities.ts'
import type { MeetingSummary } from '../../shared/meetings.ts'
import { errorKey } from '../api/call.ts'
import { useCases } from '../api/queries.ts'
import { Button } from '../ui/Button.tsx'
import { useNow } from '../ui/clock.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { CallMeeting } from './CallMeeting.tsx'
import { MeetingRow } from './MeetingRow.tsx'
import { useMeetings } from './queries.ts'

/** Every meeting that you are called to, or that is about a log of yours: now, to come, and held. */
export function MeetingsPage() {
  const { t } = useTranslation()
  const meetings = useMeetings()
  const cases = useCases().data ?? []
  const [calling, setCalling] = useState(false)
  const mayCall = cases.some(({ role }) => can(role, 'agenda.change'))
  return (
    <div className="page meetings">
      <title>{`${t('meetings.heading')} · Stafett`}</title>
      <header className="meetings-head">
        <h1>{t('meetings.heading')}</h1>
        {mayCall && (
          <Button icon={<PlusIcon aria-hidden />} onClick={() => setCalling(true)}>
            {t('meetings.call')}
          </Button>
        )}
      </header>
      {meetings.data ? (
        <Groups meetings={meetings.data.meetings} />
      ) : meetings.isError ? (
        <div className="sheet meetings-none">
          <p role="alert">
            {t('meetings.failed')} {t(errorKey(meetings.error))}
          </p>
          <Button variant="secondary" onClick={() => void meetings.refetch()}>
            {t('shell.retry')}
          </Button>
        </div>
      ) : (
        <div className="sheet meetings-none" aria-busy="true">
          {[0, 1, 2].map((row) => (
            <Skeleton key={row} width="100%" height="3.5rem" />
          ))}
        </div>
      )}
      {calling && <CallMeeting cases={[]} choose onClose={() => setCalling(false)} />}
    </div>
  )
}

function Groups({ meetings }: { meetings: readonly MeetingSummary[] }) {
  const { t } = useTranslation()
  const now = useNow().getTime()
  const groups = groupsOf(meetings, now)
  if (groups.length === 0)
    return (
      <div className="sheet meetings-none">
        <p>{t('meetings.nothing')}</p>
      </div>
    )
  return groups.map(({ kind, meetings }) => (
    <section key={kind} className="sheet meetings-group" aria-labelledby={`meetings-${kind}`}>
      <h2 id={`meetings-${kind}`}>{t(`meetings.group.${kind}`)}</h2>
      <ul className="plain">
        {meetings.map((meeting) => (
          <MeetingRow key={meeting.id} meeting={meeting} />
        ))}
      </ul>
    </section>
  ))
}

/** Running ones, those without a date yet, those to come, and those held, newest first; empty groups are left out. */
export function groupsOf(meetings: readonly MeetingSummary[], now: number) {
  const kindOf = ({ running, status, startsAt, minutes, endedAt }: MeetingSummary) => {
    if (running) return 'running' as const
    if (status === 'held' || status === 'cancelled' || endedAt !== null) return 'past' as const
    if (startsAt === null) return 'asked' as const
    // One that nobody began is still to come on its day, and past after it.
    return startsAt + minutes * 60_000 + GRACE < now ? ('past' as const) : ('coming' as const)
  }
  const by = Map.groupBy(meetings, kindOf)
  const order = ['running', 'asked', 'coming', 'past'] as const
  return order.flatMap((kind) => {
    const found = by.get(kind)
    if (!found) return []
    const sorted = [...found].sort((a, b) => (a.startsAt ?? 0) - (b.startsAt ?? 0))
    return [{ kind, meetings: kind === 'past' ? sorted.reverse() : sorted }]
  })
}
const GRACE = 12 * 3600_000
