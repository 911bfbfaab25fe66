import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { letters } from '../cases/short-names.ts'
import { namePattern } from './hidden-words.ts'

/** Shows letters for the names in an editor's text, for a wall that others can see. The text itself stays as it is. */
export const hiddenNames = (names: () => readonly string[]): Extension =>
  Extension.create({
    name: 'hiddenNames',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          decorations({ doc }) {
            const pattern = namePattern(names())
            if (!pattern) return DecorationSet.empty
            const found: Decoration[] = []
            doc.descendants((node, pos) => {
              if (!node.isText) return true
              for (const match of node.text?.matchAll(pattern) ?? []) {
                const from = pos + match.index
                const shown = { class: 'hidden-name', 'data-letters': letters(match[0]) }
                found.push(Decoration.inline(from, from + match[0].length, shown))
              }
              return false
            })
            return DecorationSet.create(doc, found)
          },
        },
      }),
    ],
  })
