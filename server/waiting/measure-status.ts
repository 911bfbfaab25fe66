import type * as Y from 'yjs'
import { canBeUnderway, MeasureFields, type MeasureStatus } from '../../shared/blocks/measure.ts'
import { findBlock, setBlockFields } from '../../shared/case-log/document.ts'
import { AppError } from '../../shared/errors.ts'
import type { BlockId } from '../../shared/ids.ts'

/** Sets how a measure stands. Throws `notFound` for one that is gone, `invalidInput` for one that nobody answers for. */
export function setMeasureStatus(doc: Y.Doc, measure: BlockId, status: MeasureStatus): void {
  const block = findBlock(doc, measure)
  if (block?.nodeName !== 'measure') throw new AppError('notFound', { field: 'params.measure' })
  if (status === 'underway' && !canBeUnderway(MeasureFields.parse(block.getAttributes())))
    throw new AppError('invalidInput', { field: 'body.status', reason: 'nobody is responsible' })
  setBlockFields(doc, measure, { status })
}
