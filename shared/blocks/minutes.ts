import { mergeAttributes, Node } from '@tiptap/core'
import { z } from 'zod'
import { BlockId, MeetingId } from '../ids.ts'
import { attributesOf, field } from './fields.ts'

export const MinutesFields = z.object({
  id: field(BlockId.nullable(), null),
  meeting: field(MeetingId.nullable(), null),
  /** When the meeting began. */
  at: field(z.iso.datetime().nullable(), null),
})
export type MinutesFields = z.infer<typeof MinutesFields>

/** What is written together while a meeting is held: prose, decisions and whatever else a log may hold. */
export const Minutes = Node.create({
  name: 'minutes',
  group: 'block',
  content: 'block*',
  defining: true,
  isolating: true,
  draggable: true,
  addAttributes: () => attributesOf(MinutesFields),
  parseHTML: () => [{ tag: 'section[data-block="minutes"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    'section',
    mergeAttributes(HTMLAttributes, { 'data-block': 'minutes' }),
    0,
  ],
})
