import { QueryCache, useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { CaseSummary } from '../../shared/cases.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId, MeetingId, ServiceId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Municipality, Service } from '../../shared/services.ts'
import { call } from './call.ts'
import { endpoints } from './endpoints.ts'
import { isCaseId, isMeetingId } from './ids.ts'
import { LiveQueryClient } from './live-query-client.ts'

/** Names of the rows kept in the query cache. */
export const keys = {
  municipality: ['municipality'],
  session: ['session'],
  demoPeople: ['demoPeople'],
  cases: ['cases'],
  caseDetail: (id: CaseId) => ['case', id],
  setAside: (id: CaseId) => ['case', id, 'set-aside'],
  waiting: ['waiting'],
  questions: (id: CaseId) => ['case', id, 'questions'],
  handover: (id: CaseId) => ['case', id, 'handover'],
  meeting: (id: MeetingId) => ['meeting', id],
  colleagues: ['colleagues'],
  search: (text: string) => ['search', text],
} as const

const refused = (error: Error) => error instanceof AppError && error.status < 500

export const queryClient = new LiveQueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof AppError && error.code === 'notSignedIn') forgetSession()
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => !refused(error) && count < 2,
      retryDelay: (n) => 400 * 2 ** n,
    },
  },
})

/** Drops everything that was fetched for the person who was signed in; the sign-in page takes over. */
export function forgetSession(): void {
  const known = queryClient.getQueryData<SessionAnswer>(keys.session)
  queryClient.removeQueries({ predicate: ({ queryKey }) => !publicKeys.includes(String(queryKey[0])) })
  queryClient.setQueryData<SessionAnswer>(keys.session, { person: null, mode: known?.mode ?? 'demo' })
}
const publicKeys = ['municipality', 'session', 'demoPeople']
type SessionAnswer = { person: Person | null; mode: 'demo' | 'production' }

/** What nothing can be shown without is asked for again by itself. */
const untilHere = ({ state }: { state: { status: string } }) => (state.status === 'error' ? 5000 : false)

const sessionQuery = {
  queryKey: keys.session,
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<SessionAnswer> =>
    call(endpoints.session, { signal }),
  staleTime: 5 * 60_000,
  refetchInterval: untilHere,
}

/** Who is signed in at this browser. */
export const useSession = () => useQuery(sessionQuery)

/** The person and the municipality are given by the shell: hundreds of tiles read them, and need not each watch the cache. */
export const MeContext = createContext<Person | undefined>(undefined)

/** The person signed in; only for views behind the sign-in page. */
export function useMe(): Person {
  const person = useContext(MeContext)
  if (!person) throw new AppError('notSignedIn')
  return person
}

const municipalityQuery = {
  queryKey: keys.municipality,
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<Municipality> =>
    call(endpoints.municipality, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  refetchInterval: untilHere,
}

/** Asks for the municipality, and keeps it; for the shell, which gives it to every view. */
export const useKeptMunicipality = (): Municipality | undefined => useQuery(municipalityQuery).data

export const MunicipalityContext = createContext<Municipality | undefined>(undefined)

/** Name, services and settings of the municipality; undefined until it is here. */
export const useMunicipality = (): Municipality | undefined => useContext(MunicipalityContext)

/** All services in the municipality's own order. */
export const useServices = (): readonly Service[] => useMunicipality()?.services ?? none
const none: readonly Service[] = []

export const useServiceOf = (id: ServiceId): Service | undefined =>
  useServices().find((service) => service.id === id)

const casesQuery = {
  queryKey: keys.cases,
  queryFn: ({ signal }: { signal: AbortSignal }) => call(endpoints.cases, { signal }),
}

/** The logs you are a member of. */
export const useCases = () => useQuery({ ...casesQuery, select: (answer) => answer.cases })

/** Names of the logs you are a member of; none, and nothing is asked for, unless they are wanted. */
export const useCaseNames = (wanted: boolean) =>
  useQuery({
    ...casesQuery,
    select: (answer) => (wanted ? answer.cases.map(({ id, subject }) => ({ id, subject })) : noNames),
    enabled: wanted,
  }).data
const noNames: readonly Pick<CaseSummary, 'id' | 'subject'>[] = []

const caseDetailQuery = (id: CaseId) => ({
  queryKey: keys.caseDetail(id),
  queryFn: ({ signal }: { signal: AbortSignal }) => call(endpoints.caseDetail, { params: { id }, signal }),
})

/** One log's facts: coordinator, members, document name. */
export const useCaseDetail = (id: CaseId) => useQuery(caseDetailQuery(id))

/** What the log had lost and somebody brought back, for its coordinator to decide. */
export const useSetAside = (id: CaseId, enabled: boolean) =>
  useQuery({
    queryKey: keys.setAside(id),
    queryFn: ({ signal }) => call(endpoints.setAside, { params: { id }, signal }),
    select: (answer) => answer.items,
    enabled,
  })

/** People who can be invited, and whose names the overview may say. */
export const useColleagues = (enabled = true) =>
  useQuery({
    queryKey: keys.colleagues,
    queryFn: ({ signal }) => call(endpoints.colleagues, { signal }),
    select: (answer) => answer.people,
    staleTime: 5 * 60_000,
    enabled,
  })

/** One meeting, as the server tells it. */
export const meetingQuery = (id: MeetingId) => ({
  queryKey: keys.meeting(id),
  queryFn: ({ signal }: { signal: AbortSignal }) => call(endpoints.meeting, { params: { id }, signal }),
})

/** Asks for what every view, and the log or meeting whose address this is, needs while the first view is still being built. */
export function askEarly(): void {
  void queryClient.prefetchQuery(sessionQuery)
  void queryClient.prefetchQuery(municipalityQuery)
  const [, kind, id] = /^\/(logg|mote)\/([^/]+)$/.exec(location.pathname) ?? []
  if (kind === 'logg' && isCaseId(id)) void queryClient.prefetchQuery(caseDetailQuery(id))
  if (kind === 'mote' && isMeetingId(id)) void queryClient.prefetchQuery(meetingQuery(id))
}
