import { useQuery } from '@tanstack/react-query'
import type { CaseId, MeetingId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { queryClient } from '../api/queries.ts'

const keys = {
  list: ['meetings'],
  agenda: (id: CaseId) => ['agenda', id],
  minutes: (id: MeetingId) => ['minutes', id],
} as const

/** Meetings that you may see, and what people have put on an agenda. */
export const useMeetings = () =>
  useQuery({ queryKey: keys.list, queryFn: ({ signal }) => call(endpoints.meetings, { signal }) })

/** A log's next meeting and its agenda. */
export const useCaseAgenda = (id: CaseId) =>
  useQuery({
    queryKey: keys.agenda(id),
    queryFn: ({ signal }) => call(endpoints.caseAgenda, { params: { id }, signal }),
  })

/** What came of a meeting. */
export const useMinutes = (id: MeetingId) =>
  useQuery({
    queryKey: keys.minutes(id),
    queryFn: ({ signal }) => call(endpoints.minutes, { params: { id }, signal }),
    select: (answer) => answer.minutes,
  })

/** A meeting changed, or, without one, anything may have while nobody listened. */
export function noteMeetings(meeting?: MeetingId): void {
  void queryClient.invalidateQueries({ queryKey: keys.list })
  void queryClient.invalidateQueries({ queryKey: meeting ? keys.minutes(meeting) : ['minutes'] })
}

/** The agenda of a log changed. */
export function noteAgenda(id?: CaseId): void {
  void queryClient.invalidateQueries({ queryKey: keys.list })
  void queryClient.invalidateQueries({ queryKey: id ? keys.agenda(id) : ['agenda'] })
}
