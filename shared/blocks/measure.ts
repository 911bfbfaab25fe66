import { mergeAttributes, Node } from '@tiptap/core'
import { z } from 'zod'
import { BlockId, PersonId, ServiceId } from '../ids.ts'
import { attributesOf, field } from './fields.ts'
import { IsoDate } from './goal.ts'

export const MeasureStatus = z.enum(['planned', 'underway', 'paused', 'done', 'stopped'])
export type MeasureStatus = z.infer<typeof MeasureStatus>

/** Who carries a measure out: somebody by name, or the home. */
export const Responsible = z.union([z.literal('home'), PersonId])
export type Responsible = z.infer<typeof Responsible>

export const MeasureFields = z.object({
  id: field(BlockId.nullable(), null),
  service: field(ServiceId.nullable(), null),
  person: field(Responsible.nullable(), null),
  status: field(MeasureStatus, 'planned'),
  start: field(IsoDate.nullable(), null),
  due: field(IsoDate.nullable(), null),
  frequency: field(z.string().max(120), ''),
})
export type MeasureFields = z.infer<typeof MeasureFields>

/** No measure is underway without a responsible service and a named person. */
export const canBeUnderway = (measure: Pick<MeasureFields, 'service' | 'person'>): boolean =>
  measure.service !== null && measure.person !== null

export const Measure = Node.create({
  name: 'measure',
  group: 'block',
  content: 'inline*',
  defining: true,
  isolating: true,
  draggable: true,
  addAttributes: () => attributesOf(MeasureFields),
  // Ahead of the paragraph's own `p`.
  parseHTML: () => [{ tag: '[data-block="measure"]', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ['p', mergeAttributes(HTMLAttributes, { 'data-block': 'measure' }), 0],
})
