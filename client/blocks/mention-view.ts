import type { NodeViewRenderer } from '@tiptap/core'
import { MentionFields } from '../../shared/blocks/mention.ts'
import { blocksOf } from './context.ts'

/** A mention in the colours of the service that it names, or that the person works in. */
export const mentionView: NodeViewRenderer = ({ editor, node }) => {
  const { kind, ref, label } = MentionFields.parse(node.attrs)
  const blocks = blocksOf(editor)
  const service = kind === 'person' ? blocks.members.find(({ person }) => person === ref)?.service : ref
  const colour = blocks.services.find(({ id }) => id === service)?.colour
  const dom = document.createElement('span')
  dom.className = 'mention'
  dom.dataset['service'] = service ?? ''
  dom.textContent = `@${label}`
  for (const name of ['solid', 'tint', 'text'] as const) {
    if (colour) dom.style.setProperty(`--${name}`, colour[name])
  }
  return { dom }
}
