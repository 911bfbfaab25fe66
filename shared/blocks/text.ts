import { Node } from '@tiptap/core'
import { Heading as TiptapHeading } from '@tiptap/extension-heading'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Text } from '@tiptap/extension-text'
import { z } from 'zod'
import { attributesOf, field } from './fields.ts'

export { Paragraph, Text }

/** The log itself. An empty one is allowed: two people may each delete one of the last two blocks [BL1]. */
export const Doc = Node.create({ name: 'doc', topNode: true, content: 'block*' })

export const HeadingFields = z.object({ level: field(z.union([z.literal(2), z.literal(3)]), 2) })

/** The log's own title is level 1, so text in it starts at 2. Pasted levels outside 2–3 are drawn to the nearest. */
export const Heading = TiptapHeading.extend({
  addAttributes() {
    const { level } = attributesOf(HeadingFields)
    return { level: { ...level, keepOnSplit: true, rendered: false } }
  },
  parseHTML() {
    return [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 3 ? 2 : 3 } }))
  },
}).configure({ levels: [2, 3] })

/** A line break within a paragraph (Shift-Enter). */
export const HardBreak = Node.create({
  name: 'hardBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: 'br' }],
  renderHTML: () => ['br'],
  renderText: () => '\n',
  addKeyboardShortcuts() {
    const insert = (): boolean => this.editor.commands.insertContent({ type: this.name })
    return { 'Shift-Enter': insert, 'Mod-Enter': insert }
  },
})
