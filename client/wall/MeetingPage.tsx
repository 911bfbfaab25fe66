// First, so that it stands before any schema is built.
import '../api/zod.ts'
import './wall.css'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { AppError } from '../../shared/errors.ts'
import { MeetingId } from '../../shared/ids.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { errorKey } from '../api/call.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Lobby } from './Lobby.tsx'
import { MeetingOver } from './MeetingOver.tsx'
import { useMeeting } from './queries.ts'
import { RunningMeeting } from './RunningMeeting.tsx'
import { useUnsaved } from './use-running.ts'
import type { Drafts } from './wall-context.ts'

/** A meeting on the wall: before it begins, while it is held, and once it is over. */
export function MeetingPage() {
  const id = MeetingId.safeParse(useParams()['id']).data
  return id ? <OneMeeting key={id} id={id} /> : <MissingMeeting />
}

function OneMeeting({ id }: { id: MeetingId }) {
  const { t } = useTranslation()
  const { data: meeting, error, refetch } = useMeeting(id)
  const [drafts] = useState<Drafts>(() => new Map())
  const held = useRef<Meeting>(undefined)
  const unsaved = useUnsaved()
  if (meeting?.live) held.current = meeting
  // Where it was ended elsewhere, the log stays open until what was written here is at the server.
  const running = meeting?.live ? meeting : unsaved ? held.current : undefined
  // A meeting that was here stays while the network is away; only a refusal takes it off the screen.
  const gone = error instanceof AppError && (error.code === 'notFound' || error.code === 'notAllowed')
  if (gone) return <MissingMeeting />
  if (!meeting && error)
    return (
      <div className="page message">
        <title>{`${t('meeting.failed.title')} · Stafett`}</title>
        <h1>{t('meeting.failed.title')}</h1>
        <p role="alert">{t(errorKey(error))}</p>
        <Button onClick={() => void refetch()}>{t('shell.retry')}</Button>
      </div>
    )
  if (!meeting) return <WallSkeleton />
  return (
    <>
      <title>{`${meeting.title} · Stafett`}</title>
      {running ? (
        <RunningMeeting meeting={running} drafts={drafts} />
      ) : meeting.endedAt !== null || meeting.status === 'held' || meeting.status === 'cancelled' ? (
        <MeetingOver meeting={meeting} unshared={[...drafts.values()].filter((line) => line.trim() !== '')} />
      ) : (
        <Lobby meeting={meeting} />
      )}
    </>
  )
}

function MissingMeeting() {
  const { t } = useTranslation()
  return (
    <div className="page message">
      <title>{`${t('meeting.missing.title')} · Stafett`}</title>
      <h1>{t('meeting.missing.title')}</h1>
      <p>{t('meeting.missing.text')}</p>
      <ButtonLink to="/">{t('shell.toOverview')}</ButtonLink>
    </div>
  )
}

function WallSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="wall" role="status" aria-busy="true" aria-label={t('meeting.loading')}>
      <div className="wall-top">
        <Skeleton width="14rem" height="2.6rem" />
      </div>
      <div className="wall-agenda">
        <Skeleton width="100%" height="3.5rem" />
        <Skeleton width="100%" height="3.5rem" />
      </div>
      <div className="wall-stage">
        <Skeleton width="70%" height="3.5rem" />
        <Skeleton width="100%" height="16rem" />
      </div>
      <div className="wall-minutes">
        <Skeleton width="90%" height="6rem" />
      </div>
    </div>
  )
}
