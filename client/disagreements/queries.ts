import { useQuery } from '@tanstack/react-query'
import type { BlockId, CaseId } from '../../shared/ids.ts'
import type { Disagreement } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { queryClient } from '../api/queries.ts'

type Answer = { disagreements: Disagreement[] }
const keyOf = (id: CaseId) => ['disagreements', id]

/** Where a goal is seen differently, open and closed. */
export const useDisagreements = (id: CaseId, goal: BlockId) =>
  useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }): Promise<Answer> => call(endpoints.disagreements, { params: { id }, signal }),
    select: ({ disagreements }) => disagreements.filter((one) => one.goal === goal),
  })

/** Keeps what a change answered, without waiting for the list. */
export function keepDisagreement({ disagreement }: { disagreement: Disagreement }): void {
  queryClient.setQueryData<Answer>(keyOf(disagreement.case), (known) => {
    const others = known?.disagreements.filter(({ id }) => id !== disagreement.id) ?? []
    return { disagreements: [...others, disagreement] }
  })
}
