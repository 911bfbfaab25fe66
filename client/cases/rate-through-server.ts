import { newBlockId } from '../../shared/blocks/block-id.ts'
import type { Attainment } from '../../shared/cases.ts'
import type { BlockId, CaseId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'

/**
 * Rates a goal for somebody whose connection is read-only: the server writes it in their name. Resolves with how to
 * take it back, which the server allows for some minutes; rejects when it did not arrive.
 */
export async function rateThroughServer(
  id: CaseId,
  block: BlockId,
  score: Attainment,
  text = '',
): Promise<() => Promise<unknown>> {
  const line = newBlockId()
  await call(endpoints.addLine, { params: { id }, body: { id: line, text, goal: { block, score } } })
  return () => call(endpoints.takeBackRating, { params: { id, line } })
}
