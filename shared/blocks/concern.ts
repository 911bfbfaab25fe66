import { mergeAttributes, Node } from '@tiptap/core'
import { z } from 'zod'
import { BlockId, ServiceId } from '../ids.ts'
import { attributesOf, field } from './fields.ts'

export const ConcernStatus = z.enum(['new', 'clarifying', 'confirmed', 'unfounded'])
export type ConcernStatus = z.infer<typeof ConcernStatus>

export const ConcernFields = z.object({
  id: field(BlockId.nullable(), null),
  status: field(ConcernStatus, 'new'),
  service: field(ServiceId.nullable(), null),
})
export type ConcernFields = z.infer<typeof ConcernFields>

export const Concern = Node.create({
  name: 'concern',
  group: 'block',
  content: 'block*',
  defining: true,
  isolating: true,
  draggable: true,
  addAttributes: () => attributesOf(ConcernFields),
  parseHTML: () => [{ tag: '[data-block="concern"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    'div',
    mergeAttributes(HTMLAttributes, { 'data-block': 'concern' }),
    0,
  ],
})
