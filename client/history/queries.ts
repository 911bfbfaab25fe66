import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { HistoryWriter, Seq } from '../../shared/history.ts'
import type { historyRoutes } from '../../shared/history-routes.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { ResponseOf } from '../../shared/route.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { queryClient } from '../api/queries.ts'

export type HistoryPage = ResponseOf<typeof historyRoutes.sessions>
export type Moment = ResponseOf<typeof historyRoutes.moment>
export type Session = HistoryPage['sessions'][number]
export type Version = HistoryPage['versions'][number]

/** What somebody looks at: the log at a moment, with what changed since an earlier one. */
export type Selection = { seq: Seq; since: Seq | undefined }

const keys = {
  sessions: (id: CaseId) => ['history', id, 'sessions'],
  moment: (id: CaseId, { seq, since }: Selection) => ['history', id, 'moment', seq, since ?? null],
}

/** While the list is open it is asked for again, so that what others do now comes in. */
const AGAIN = 15_000

/** Sessions of work, newest first, page by page. Facts name writers by their place in their own page's list. */
export const useSessions = (id: CaseId) =>
  useInfiniteQuery({
    queryKey: keys.sessions(id),
    queryFn: ({ pageParam, signal }): Promise<HistoryPage> => {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
      const query = pageParam === null ? { zone } : { zone, before: String(pageParam) }
      return call(endpoints.historySessions, { params: { id }, query, signal })
    },
    initialPageParam: null,
    getNextPageParam: (last: HistoryPage): Seq | null => last.next,
    refetchInterval: AGAIN,
  })

/** The log at a moment. What has been does not change. */
export const useMoment = (id: CaseId, selection: Selection) =>
  useQuery({
    queryKey: keys.moment(id, selection),
    queryFn: ({ signal }): Promise<Moment> => {
      const { seq, since } = selection
      const query = since === undefined ? { seq: String(seq) } : { seq: String(seq), since: String(since) }
      return call(endpoints.historyMoment, { params: { id }, query, signal })
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  })

/** After something of one's own: the list says so at once. */
export const refreshSessions = (id: CaseId) => queryClient.invalidateQueries({ queryKey: keys.sessions(id) })

export const writerOf = (
  writers: readonly HistoryWriter[],
  at: number | undefined,
): HistoryWriter | undefined => (at === undefined ? undefined : writers[at])
