import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, useMe } from '../api/queries.ts'
import { LeavingWarning } from '../case-log/LeavingWarning.tsx'
import { Agenda } from './Agenda.tsx'
import { useCommands } from './commands.ts'
import { EndDialog } from './EndDialog.tsx'
import { LogOnTheWall } from './LogOnTheWall.tsx'
import { placeIn } from './order.ts'
import { UndoLine } from './UndoLine.tsx'
import { useKeys } from './use-keys.ts'
import { usePlace } from './use-place.ts'
import { useLogToShow, useMeetingOnWall } from './use-running.ts'
import { WallNav } from './WallNav.tsx'
import { WallNotices } from './WallNotices.tsx'
import { WallTop } from './WallTop.tsx'
import { type Drafts, MeetingContext } from './wall-context.ts'

/** The meeting while it is held: every screen follows the leader, unless its own person looks elsewhere. */
export function RunningMeeting({ meeting, drafts }: { meeting: Meeting; drafts: Drafts }) {
  const { t } = useTranslation()
  const me = useMe()
  const leads = meeting.leader.person === me.id
  const commands = useCommands()
  const place = usePlace(meeting, leads, commands)
  const { value, names, done } = useMeetingOnWall(meeting, leads, commands, drafts)
  const [ending, setEnding] = useState(false)

  const { agenda } = meeting
  // Of an item that this person may not read, they are only told that the meeting is at none of theirs.
  const closed = place.item === undefined && meeting.kind === 'team' && !leads
  const item = closed ? undefined : (agenda.find(({ id }) => id === place.item) ?? agenda[0])
  const { shown, keeps } = useLogToShow(closed ? undefined : (item?.case ?? meeting.cases[0]?.id))
  const { previous, next } = placeIn(agenda, item?.id)
  usePrefetched(next?.case)

  useKeys((act) => {
    const to = act.kind === 'previous' ? previous : act.kind === 'next' ? next : undefined
    if (to) place.goTo(to.id)
    return to !== undefined
  })

  const end = () => setEnding(true)
  const notices = <WallNotices place={place} keeps={keeps} />
  return (
    <MeetingContext value={value}>
      <div className="wall" data-leads={leads || undefined}>
        <WallTop item={item} onEnd={end} />
        <Agenda place={{ ...place, item: item?.id }} />
        {shown ? (
          <LogOnTheWall
            key={shown}
            caseId={shown}
            item={keeps ? undefined : item}
            hidden={names}
            notices={notices}
            ending={ending && <EndDialog onClose={() => setEnding(false)} />}
          />
        ) : (
          <div className="wall-stage">
            {notices}
            <p className="wall-nothing">{t('meeting.closed')}</p>
          </div>
        )}
        <WallNav item={item?.id} goTo={place.goTo} onEnd={end} />
        <UndoLine last={done} />
        <LeavingWarning />
      </div>
    </MeetingContext>
  )
}

/** Has the facts of the log that comes next at hand. Its text is opened when the meeting is there. */
function usePrefetched(id: Meeting['cases'][number]['id'] | undefined) {
  const client = useQueryClient()
  useEffect(() => {
    if (!id) return
    const queryFn = () => call(endpoints.caseDetail, { params: { id } })
    void client.prefetchQuery({ queryKey: keys.caseDetail(id), queryFn })
  }, [client, id])
}
