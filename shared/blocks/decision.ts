import { mergeAttributes, Node } from '@tiptap/core'
import { z } from 'zod'
import { BlockId, PersonId } from '../ids.ts'
import { attributesOf, field } from './fields.ts'

export const DecisionFields = z.object({
  id: field(BlockId.nullable(), null),
  by: field(PersonId.nullable(), null),
  at: field(z.iso.datetime().nullable(), null),
})
export type DecisionFields = z.infer<typeof DecisionFields>

export const Decision = Node.create({
  name: 'decision',
  group: 'block',
  content: 'block*',
  defining: true,
  isolating: true,
  draggable: true,
  addAttributes: () => attributesOf(DecisionFields),
  parseHTML: () => [{ tag: '[data-block="decision"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    'div',
    mergeAttributes(HTMLAttributes, { 'data-block': 'decision' }),
    0,
  ],
})
