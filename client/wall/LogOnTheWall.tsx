import type { Editor } from '@tiptap/core'
import { type ReactNode, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseDetail } from '../../shared/cases.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { AgendaItem } from '../../shared/meetings.ts'
import { can } from '../../shared/roles.ts'
import { errorKey } from '../api/call.ts'
import { useCaseDetail, useMe } from '../api/queries.ts'
import { Outdated } from '../case-log/Ended.tsx'
import { useLog } from '../case-log/use-log.ts'
import type { LogConnection } from '../collab/connection.ts'
import { useHere } from '../presence/use-here.ts'
import { Button } from '../ui/Button.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { LeaderAway } from './LeaderAway.tsx'
import { MinutesPane } from './MinutesPane.tsx'
import { OutlineOf } from './OutlineOf.tsx'
import { Stage } from './Stage.tsx'
import { LogContext, type LogOnWall, useOnWall } from './wall-context.ts'

type Given = {
  caseId: CaseId
  item: AgendaItem | undefined
  hidden: readonly string[]
  notices: ReactNode
  /** The dialog that ends the meeting, which reads the log. */
  ending: ReactNode
}

/** Opens the log of the item on the wall: its goals in the middle, its minutes on the right. */
export function LogOnTheWall(given: Given) {
  const { t } = useTranslation()
  const { data: detail, error, refetch } = useCaseDetail(given.caseId)
  const gone = error instanceof AppError && (error.code === 'notFound' || error.code === 'notAllowed')
  const { log } = useLog(given.caseId, !gone)
  if (gone || (error && !detail))
    return (
      <div className="wall-stage">
        {given.notices}
        <p className="wall-nothing">{gone ? t('meeting.closed') : t(errorKey(error))}</p>
        {!gone && <Button onClick={() => void refetch()}>{t('shell.retry')}</Button>}
      </div>
    )
  if (!detail || !log) return <Loading notices={given.notices} />
  return <OpenLog {...given} detail={detail} log={log} />
}

function OpenLog({
  detail,
  log,
  item,
  hidden,
  notices,
  ending,
}: Given & { detail: CaseDetail; log: LogConnection }) {
  const { t } = useTranslation()
  const me = useMe()
  const { meeting } = useOnWall()
  const state = useSyncExternalStore(log.state.subscribe, log.state.get)
  const here = useHere(log, me.id)
  const [editor, setEditor] = useState<Editor>()
  const minutes = meeting.minutesBlocks.find((one) => one.case === detail.id)?.block
  const writes = state.loaded && state.write && can(detail.role, 'log.write')
  const { id, role, members } = detail
  const value = useMemo(
    (): LogOnWall => ({ item, detail: { id, role, members }, log, editor, writes, minutes }),
    [item, id, role, members, log, editor, writes, minutes],
  )
  const ended = state.ending?.verdict
  if (ended === 'lost' || ended === 'signedOut')
    return (
      <div className="wall-stage">
        <p className="wall-nothing">{t('meeting.closed')}</p>
      </div>
    )
  if (ended === 'afresh') return <Loading notices={notices} />
  return (
    <LogContext value={value}>
      <OutlineOf doc={log.doc}>
        <div className="wall-stage">
          {notices}
          {ended === 'outdated' && <Outdated />}
          <LeaderAway here={here} joined={state.joined} />
          {state.loaded ? <Stage /> : <StageSkeleton />}
        </div>
        <MinutesPane
          name={detail.subject.name}
          here={here}
          loaded={state.loaded}
          hidden={hidden}
          onReady={setEditor}
        />
        {ending}
      </OutlineOf>
    </LogContext>
  )
}

const StageSkeleton = () => (
  <>
    <Skeleton width="70%" height="3.5rem" />
    <Skeleton width="100%" height="16rem" />
  </>
)

function Loading({ notices }: { notices: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="wall-stage" role="status" aria-busy="true" aria-label={t('caseLog.loading')}>
      {notices}
      <StageSkeleton />
    </div>
  )
}
