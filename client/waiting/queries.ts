import { useQuery } from '@tanstack/react-query'
import type { MeetingId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, meetingQuery } from '../api/queries.ts'

/** A day begins, and what was put off comes back, without anybody saying so. */
const LOOK_AGAIN = 2 * 60_000

/** What waits for you. */
export const useWaiting = () =>
  useQuery({
    queryKey: keys.waiting,
    queryFn: ({ signal }) => call(endpoints.waiting, { signal }),
    refetchInterval: LOOK_AGAIN,
  })

/** A meeting whose times are proposed: to answer them where one is asked. */
export const useProposedTimes = (id: MeetingId, enabled: boolean) =>
  useQuery({
    ...meetingQuery(id),
    select: (answer) => answer.meeting.times,
    enabled,
  })
