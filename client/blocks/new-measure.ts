import type { MeasureFields } from '../../shared/blocks/measure.ts'
import type { Blocks } from './context.ts'

/** A new measure is its writer's own until somebody else is named. */
export const newMeasureFields = ({ me }: Pick<Blocks, 'me'>): Partial<MeasureFields> => ({
  service: me.service,
  person: me.id,
})
