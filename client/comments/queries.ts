import { useQuery } from '@tanstack/react-query'
import type { Thread } from '../../shared/comments.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId, ThreadId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { queryClient } from '../api/queries.ts'

type Threads = { threads: Thread[] }

/** Not under the log's own key: whatever else of the log changes, its threads are not all fetched again. */
const threadsKey = (id: CaseId) => ['threads', id]

const select = ({ threads }: Threads): readonly Thread[] => threads

/** Every thread of a log. Events keep it up to date, one thread at a time. */
export const useThreads = (id: CaseId) =>
  useQuery({
    queryKey: threadsKey(id),
    queryFn: ({ signal }): Promise<Threads> => call(endpoints.threads, { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    select,
  })

/** The threads as they are known here, without asking. */
export const knownThreads = (id: CaseId): readonly Thread[] | undefined =>
  queryClient.getQueryData<Threads>(threadsKey(id))?.threads

/** Takes one thread as the server says it is now. */
export function putThread(id: CaseId, thread: Thread): void {
  queryClient.setQueryData<Threads>(threadsKey(id), (known) => {
    if (!known) return known
    const at = known.threads.findIndex((one) => one.id === thread.id)
    return { threads: at < 0 ? [...known.threads, thread] : known.threads.with(at, thread) }
  })
}

/** Fetches one thread, if this log's threads are shown. Resolves to what is known of it before and now. */
export async function fetchThread(
  id: CaseId,
  thread: ThreadId,
): Promise<{ before: Thread | undefined; now: Thread } | undefined> {
  if (!knownThreads(id)) {
    await queryClient.invalidateQueries({ queryKey: threadsKey(id) })
    return undefined
  }
  const answer = await call(endpoints.thread, { params: { id, thread } }).catch((error: unknown) => {
    // Taken back before anybody read it: it goes here too.
    if (error instanceof AppError && error.code === 'notFound') dropThread(id, thread)
    else throw error
  })
  if (!answer) return undefined
  const before = knownThreads(id)?.find((one) => one.id === thread)
  putThread(id, answer.thread)
  return { before, now: answer.thread }
}

function dropThread(id: CaseId, thread: ThreadId): void {
  queryClient.setQueryData<Threads>(
    threadsKey(id),
    (known) => known && { threads: known.threads.filter((one) => one.id !== thread) },
  )
}

/** The line to the server was down: all that is shown is asked for again. */
export const refetchThreads = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['threads'] })
