import { Extension } from '@tiptap/core'
import { Fragment, type Node, type Slice } from '@tiptap/pm/model'
import { type Command, Plugin, PluginKey } from '@tiptap/pm/state'
import { measure } from '../../../shared/blocks/json.ts'
import type { MeasureFields } from '../../../shared/blocks/measure.ts'
import { cleanHtml } from './clean.ts'

/** Copied out of a log: its blocks come along, through the schema's own checks. */
const isOurs = (html: string): boolean => html.includes('data-pm-slice') && html.includes('data-block=')

/** The lines of text in what is pasted, wherever they stood. */
function linesOf({ content }: Slice): Fragment[] {
  const lines: Fragment[] = []
  content.descendants((node: Node) => {
    if (node.isTextblock && node.content.size > 0) lines.push(node.content)
    return !node.isTextblock
  })
  return lines
}

/** Several lines in a title or an evaluation become one; in a measure each becomes a measure. */
const pasteLines =
  (slice: Slice, fields: Partial<MeasureFields>): Command =>
  (state, dispatch) => {
    const { $from, $to } = state.selection
    const line = $from.parent.type.name
    const ownLine = line === 'measure' || line === 'goalTitle' || line === 'evaluation'
    const [first, ...more] = linesOf(slice)
    if (!ownLine || !$from.sameParent($to) || !first || more.length === 0) return false
    const tr = state.tr
    if (line === 'measure') {
      const measures = more.map((content) => state.schema.nodeFromJSON(measure(fields)).copy(content))
      tr.insert($from.after(), measures).replaceWith($from.pos, $to.pos, first)
    } else {
      const space = Fragment.from(state.schema.text(' '))
      const joined = more.reduce((all, next) => all.append(space).append(next), first)
      tr.replaceWith($from.pos, $to.pos, joined)
    }
    dispatch?.(tr.scrollIntoView())
    return true
  }

/** Takes the words of what is pasted, not its looks, and nothing that could run. */
export const CleanPaste = Extension.create<{ newMeasure: () => Partial<MeasureFields> }>({
  name: 'cleanPaste',
  addOptions: () => ({ newMeasure: () => ({}) }),
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey('cleanPaste'),
        props: {
          transformPastedHTML: (html) => (isOurs(html) ? html : cleanHtml(html)),
          handlePaste: (view, _event, slice) =>
            pasteLines(slice, this.options.newMeasure())(view.state, view.dispatch, view),
        },
      }),
    ]
  },
})
