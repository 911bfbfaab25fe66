import { z } from 'zod'
import { newBlockId } from './block-id.ts'
import type { ConcernFields } from './concern.ts'
import type { DecisionFields } from './decision.ts'
import type { EvaluationFields } from './evaluation.ts'
import type { GoalFields } from './goal.ts'
import type { MeasureFields } from './measure.ts'
import type { MinutesFields } from './minutes.ts'

/** A block as ProseMirror writes it in JSON. */
export type BlockJson = {
  type: string
  attrs?: Record<string, unknown> | undefined
  content?: BlockJson[] | undefined
  text?: string | undefined
  marks?: { type: string; attrs?: Record<string, unknown> | undefined }[] | undefined
}

export const BlockJson: z.ZodType<BlockJson> = z.lazy(() =>
  z.object({
    type: z.string(),
    attrs: z.record(z.string(), z.unknown()).optional(),
    content: z.array(BlockJson).optional(),
    text: z.string().optional(),
    marks: z
      .array(z.object({ type: z.string(), attrs: z.record(z.string(), z.unknown()).optional() }))
      .optional(),
  }),
)

/** Inline content: plain text, or text and mentions as JSON. */
export type Inline = string | BlockJson[]

const inline = (content: Inline): BlockJson[] =>
  typeof content === 'string' ? (content === '' ? [] : [{ type: 'text', text: content }]) : content

// Short builders: the demo, the server and the tests write blocks as they would be read.

export const paragraph = (content: Inline = ''): BlockJson => ({
  type: 'paragraph',
  content: inline(content),
})
export const heading = (level: 2 | 3, content: Inline): BlockJson => ({
  type: 'heading',
  attrs: { level },
  content: inline(content),
})
export const bulletList = (items: Inline[]): BlockJson => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })),
})
export const mention = (kind: 'person' | 'service', ref: string, label: string): BlockJson => ({
  type: 'mention',
  attrs: { kind, ref, label },
})

/** A goal: its title, then what stands in it. */
export const goal = (fields: Partial<GoalFields>, title: Inline, children: BlockJson[] = []): BlockJson => ({
  type: 'goal',
  attrs: { id: newBlockId(), ...fields },
  content: [{ type: 'goalTitle', content: inline(title) }, ...children],
})
export const measure = (fields: Partial<MeasureFields>, text: Inline = ''): BlockJson => ({
  type: 'measure',
  attrs: { id: newBlockId(), ...fields },
  content: inline(text),
})
export const evaluation = (fields: Partial<EvaluationFields>, line: Inline = ''): BlockJson => ({
  type: 'evaluation',
  attrs: { id: newBlockId(), ...fields },
  content: inline(line),
})
export const concern = (fields: Partial<ConcernFields>, content: BlockJson[] = [paragraph()]): BlockJson => ({
  type: 'concern',
  attrs: { id: newBlockId(), ...fields },
  content,
})
export const decision = (
  fields: Partial<DecisionFields>,
  content: BlockJson[] = [paragraph()],
): BlockJson => ({
  type: 'decision',
  attrs: { id: newBlockId(), ...fields },
  content,
})
export const minutes = (fields: Partial<MinutesFields>, content: BlockJson[] = [paragraph()]): BlockJson => ({
  type: 'minutes',
  attrs: { id: newBlockId(), ...fields },
  content,
})
