import { mergeAttributes, Node } from '@tiptap/core'
import { z } from 'zod'
import { PersonId, ServiceId } from '../ids.ts'
import { attributesOf, field } from './fields.ts'

export const MentionFields = z.object({
  kind: field(z.enum(['person', 'service']), 'person'),
  ref: field(z.union([PersonId, ServiceId]).nullable(), null),
  /** The name as it was when it was mentioned. */
  label: field(z.string().max(120), ''),
})
export type MentionFields = z.infer<typeof MentionFields>

export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => attributesOf(MentionFields),
  parseHTML: () => [{ tag: 'span[data-block="mention"]' }],
  renderHTML: ({ HTMLAttributes, node }) => [
    'span',
    mergeAttributes(HTMLAttributes, { 'data-block': 'mention' }),
    `@${node.attrs['label']}`,
  ],
  renderText: ({ node }) => `@${node.attrs['label']}`,
})
