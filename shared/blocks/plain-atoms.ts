import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { comesFromDocument, writtenRanges } from './local-edits.ts'

/**
 * Mentions and line breaks carry no marks. The binding stores marks only on text: a bold mention would be bold for
 * whoever made it and plain for everybody else.
 */
export const PlainAtoms = Extension.create({
  name: 'plainAtoms',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('plainAtoms'),
      appendTransaction(transactions, _before, state) {
        if (!transactions.some((tr) => tr.docChanged) || transactions.some(comesFromDocument)) return null
        const tr = state.tr
        for (const { from, to } of writtenRanges(transactions))
          state.doc.nodesBetween(from, to, (node, pos) => {
            if (node.isInline && !node.isText && node.marks.length > 0)
              tr.removeMark(pos, pos + node.nodeSize)
          })
        return tr.docChanged ? tr : null
      },
    }),
  ],
})
