import { useQuery } from '@tanstack/react-query'
import type { CaseId, MeetingId, ThreadId } from '../../shared/ids.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, meetingQuery, queryClient } from '../api/queries.ts'

type Answer = { meeting: Meeting }

/** An older answer never replaces a newer one, whichever came last. */
const newer = (known: Answer | undefined, come: Answer): Answer =>
  known && known.meeting.revision > come.meeting.revision ? known : come

/** One meeting, live: events of a higher revision have it fetched again. */
export const useMeeting = (id: MeetingId) =>
  useQuery({
    queryKey: keys.meeting(id),
    queryFn: async (asked): Promise<Answer> => {
      const come = await meetingQuery(id).queryFn(asked)
      return newer(queryClient.getQueryData(keys.meeting(id)), come)
    },
    select: ({ meeting }) => meeting,
    refetchOnReconnect: 'always',
  })

/** Keeps what a command answered. */
export const keepMeeting = (come: Answer): void => {
  queryClient.setQueryData<Answer>(keys.meeting(come.meeting.id), (known) => newer(known, come))
}

/** What has been agreed until now about each log of a meeting, asked for anew each time it is wanted. */
export const useSoFar = (id: MeetingId) =>
  useQuery({
    queryKey: ['soFar', id],
    queryFn: ({ signal }) => call(endpoints.soFar, { params: { id }, signal }),
    select: (answer) => answer.logs,
    staleTime: 0,
    gcTime: 0,
  })

/** A log's meetings around now, and what is on its agenda. */
export const useCaseAgenda = (id: CaseId) =>
  useQuery({
    queryKey: ['agenda', id],
    queryFn: ({ signal }) => call(endpoints.caseAgenda, { params: { id }, signal }),
  })

/** The thread that an agenda item speaks of. */
export const useThread = (caseId: CaseId, thread: ThreadId) =>
  useQuery({
    queryKey: ['thread', caseId, thread],
    queryFn: ({ signal }) => call(endpoints.thread, { params: { id: caseId, thread }, signal }),
    select: (answer) => answer.thread,
    staleTime: 0,
  })

/** Questions in a log that wait for an answer. */
export const useQuestions = (id: CaseId) =>
  useQuery({
    queryKey: ['questions', id],
    queryFn: ({ signal }) => call(endpoints.questions, { params: { id }, signal }),
    select: (answer) => answer.questions,
  })
