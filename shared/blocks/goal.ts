import { mergeAttributes, Node } from '@tiptap/core'
import { z } from 'zod'
import { GoalStatus } from '../cases.ts'
import { BlockId, ServiceId } from '../ids.ts'
import { attributesOf, field } from './fields.ts'

/** Wording of the five steps, from −2 to +2. */
export const stepFields = ['stepMinus2', 'stepMinus1', 'step0', 'stepPlus1', 'stepPlus2'] as const

const Wording = z.string().max(300)
export const IsoDate = z.iso.date()

export const GoalFields = z.object({
  id: field(BlockId.nullable(), null),
  status: field(GoalStatus, 'proposed'),
  reviewDate: field(IsoDate.nullable(), null),
  services: field(z.array(ServiceId).max(20), []),
  stepMinus2: field(Wording, ''),
  stepMinus1: field(Wording, ''),
  step0: field(Wording, ''),
  stepPlus1: field(Wording, ''),
  stepPlus2: field(Wording, ''),
})
export type GoalFields = z.infer<typeof GoalFields>

/** Title, prose, measures and evaluations are children, none of them required [BL1]. */
export const Goal = Node.create({
  name: 'goal',
  group: 'block',
  // Paragraph comes first in `block`, so a new line in a goal is a paragraph and not a second title.
  content: '(block | goalTitle)*',
  defining: true,
  isolating: true,
  draggable: true,
  addAttributes: () => attributesOf(GoalFields),
  parseHTML: () => [{ tag: 'section[data-block="goal"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    'section',
    mergeAttributes(HTMLAttributes, { 'data-block': 'goal' }),
    0,
  ],
})

export const GoalTitle = Node.create({
  name: 'goalTitle',
  content: 'inline*',
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: '[data-block="goal-title"]', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => [
    'p',
    mergeAttributes(HTMLAttributes, { 'data-block': 'goal-title' }),
    0,
  ],
})
