import { Extension } from '@tiptap/core'
import { Fragment, type Mark, type Node, Slice } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'

const isComment = (mark: Mark): boolean => mark.type.name === 'comment'
const threadOf = (mark: Mark): string => String(mark.attrs['thread'])

/** The threads that are anchored in a piece of text. */
export function threadsIn(content: Fragment): Set<string> {
  const threads = new Set<string>()
  content.descendants((node) => {
    for (const mark of node.marks) if (isComment(mark)) threads.add(threadOf(mark))
  })
  return threads
}

/** A piece of text with the marks of some threads alone. */
function keepThreads(content: Fragment, keep: (thread: string) => boolean): Fragment {
  const nodes: Node[] = []
  content.forEach((node) => {
    const marks = node.marks.filter((mark) => !isComment(mark) || keep(threadOf(mark)))
    nodes.push(node.isText ? node.mark(marks) : node.mark(marks).copy(keepThreads(node.content, keep)))
  })
  return Fragment.from(nodes)
}

/** A copy of a block, without what was said about the original. */
export const withoutComments = (node: Node): Node => node.copy(keepThreads(node.content, () => false))

/**
 * What is moved keeps its comments: cut and pasted, or dragged. What is copied leaves them where they are, and those of
 * another log, or of nothing that this log knows, do not come along.
 */
export const CommentPaste = Extension.create<{ isKnown: (thread: string) => boolean }>({
  name: 'commentPaste',
  addOptions: () => ({ isKnown: () => false }),
  addProseMirrorPlugins() {
    const { isKnown } = this.options
    let cut = new Set<string>()
    let copies = false
    return [
      new Plugin({
        key: new PluginKey('commentPaste'),
        props: {
          handleDOMEvents: {
            cut: ({ state }) => {
              cut = threadsIn(state.selection.content().content)
              return false
            },
            copy: () => {
              cut = new Set()
              return false
            },
            drop: (_view, event) => {
              copies = /Mac|iP(hone|[oa]d)/.test(navigator.platform) ? event.altKey : event.ctrlKey
              return false
            },
          },
          transformPasted: (slice, { state, dragging }) => {
            const brought = threadsIn(slice.content)
            if (brought.size === 0) return slice
            const standing = threadsIn(state.doc.content)
            const moved = (thread: string): boolean =>
              (dragging && !copies) || cut.has(thread) || !standing.has(thread)
            const content = keepThreads(slice.content, (thread) => isKnown(thread) && moved(thread))
            // Pasted once more it is a copy.
            if (!dragging) cut = new Set()
            return new Slice(content, slice.openStart, slice.openEnd)
          },
        },
      }),
    ]
  },
})
