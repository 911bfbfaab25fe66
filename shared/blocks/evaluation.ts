import { mergeAttributes, Node } from '@tiptap/core'
import { z } from 'zod'
import { Attainment } from '../cases.ts'
import { BlockId, PersonId, ServiceId } from '../ids.ts'
import { attributesOf, field } from './fields.ts'

export const EvaluationOutcome = z.enum(['continue', 'change', 'end'])
export type EvaluationOutcome = z.infer<typeof EvaluationOutcome>

export const EvaluationFields = z.object({
  id: field(BlockId.nullable(), null),
  service: field(ServiceId.nullable(), null),
  score: field(Attainment.nullable(), null),
  by: field(PersonId.nullable(), null),
  at: field(z.iso.datetime().nullable(), null),
  outcome: field(EvaluationOutcome.nullable(), null),
})
export type EvaluationFields = z.infer<typeof EvaluationFields>

/** One service's view of a goal at one time. A child of its own, so two services rate at once and both stay [BL2]. */
export const Evaluation = Node.create({
  name: 'evaluation',
  group: 'block',
  content: 'inline*',
  defining: true,
  isolating: true,
  draggable: true,
  addAttributes: () => attributesOf(EvaluationFields),
  // Ahead of the paragraph's own `p`.
  parseHTML: () => [{ tag: '[data-block="evaluation"]', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => [
    'p',
    mergeAttributes(HTMLAttributes, { 'data-block': 'evaluation' }),
    0,
  ],
})
