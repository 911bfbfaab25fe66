import { useQuery } from '@tanstack/react-query'
import type { CaseId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys } from '../api/queries.ts'

/** Questions in a log that wait for an answer, and the services that were asked today. */
export const useQuestions = (id: CaseId) =>
  useQuery({
    queryKey: keys.questions(id),
    queryFn: ({ signal }) => call(endpoints.questions, { params: { id }, signal }),
  })
