import type { Node } from '@tiptap/pm/model'
import { MentionFields } from '../../shared/blocks/mention.ts'
import type { Mentioned } from '../../shared/comments.ts'

/** Who a comment speaks to, each once. */
export function mentionsIn(doc: Node): Mentioned[] {
  const found = new Map<string, Mentioned>()
  doc.descendants((node) => {
    if (node.type.name !== 'mention') return
    const { kind, ref, label } = MentionFields.parse(node.attrs)
    if (ref !== null) found.set(`${kind} ${ref}`, { kind, ref, label })
  })
  return [...found.values()]
}
