import type { ServerEvent } from '../../shared/events.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { keys, queryClient } from '../api/queries.ts'

type Told = Extract<ServerEvent, { type: 'meeting' | 'agenda' }>

/** A meeting, or what surrounds a log's meetings, changed: what is on the screen of it is fetched again. */
export function noteMeeting(event: Told): void {
  if (event.type === 'agenda') {
    for (const key of ['agenda', 'disagreements', 'questions'])
      void queryClient.invalidateQueries({ queryKey: [key, event.case] })
    for (const key of ['meeting', 'meetings']) void queryClient.invalidateQueries({ queryKey: [key] })
    return
  }
  const known = queryClient.getQueryData<{ meeting: Meeting }>(keys.meeting(event.meeting))
  if ((known?.meeting.revision ?? -1) < event.revision)
    void queryClient.invalidateQueries({ queryKey: keys.meeting(event.meeting) })
  void queryClient.invalidateQueries({ queryKey: ['minutes', event.meeting] })
  void queryClient.invalidateQueries({ queryKey: ['meetings'] })
  void queryClient.invalidateQueries({ queryKey: ['agenda'] })
}

/** After a while away: everything that is open is asked for again. */
export function missedMeetings(): void {
  for (const key of ['meeting', 'meetings', 'minutes', 'agenda', 'disagreements', 'questions'])
    void queryClient.invalidateQueries({ queryKey: [key] })
}
