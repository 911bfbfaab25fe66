import { Extension, type Extensions, Node } from '@tiptap/core'
import { Placeholder, UndoRedo } from '@tiptap/extensions'
import { type Node as DocNode, Fragment, Slice } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { Mention, MentionFields } from '../../shared/blocks/mention.ts'
import { Paragraph, Text } from '../../shared/blocks/text.ts'
import type { Mentioned } from '../../shared/comments.ts'
import { type BlocksContext, blocksContext } from '../blocks/context.ts'
import { mentionView } from '../blocks/mention-view.ts'
import { MentionMenu } from '../blocks/menus/mention.ts'

/** Lines of text. They are nobody's document but the field's, so no concurrent edit can invalidate them. */
const Lines = Node.create({ name: 'doc', topNode: true, content: 'paragraph+' })

/** Pastes words alone, line by line. */
const PlainPaste = Extension.create({
  name: 'plainPaste',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handlePaste(view, event) {
          const lines = (event.clipboardData?.getData('text/plain') ?? '').trim().split(/\r?\n/)
          const { paragraph } = view.state.schema.nodes
          if (!paragraph) return false
          const nodes = lines.map((line) =>
            paragraph.create(null, line ? view.state.schema.text(line) : null),
          )
          view.dispatch(
            view.state.tr.replaceSelection(new Slice(Fragment.from(nodes), 1, 1)).scrollIntoView(),
          )
          return true
        },
        handleDrop: () => true,
      },
    }),
  ],
})

const Keys = Extension.create<{ onSend: () => void; onLeave: () => void }>({
  name: 'commentKeys',
  addOptions: () => ({ onSend: () => {}, onLeave: () => {} }),
  addKeyboardShortcuts() {
    const send = (): boolean => {
      this.options.onSend()
      return true
    }
    const leave = (): boolean => {
      this.options.onLeave()
      return true
    }
    return {
      Enter: send,
      'Mod-Enter': send,
      'Shift-Enter': () => this.editor.commands.splitBlock(),
      Escape: leave,
    }
  },
})

type Given = { context: BlocksContext; placeholder: () => string; onSend: () => void; onLeave: () => void }

/** The little editor of a comment. */
export const commentExtensions = ({ context, placeholder, onSend, onLeave }: Given): Extensions => [
  blocksContext(context),
  Lines,
  Paragraph,
  Text,
  Mention.extend({ addNodeView: () => mentionView }),
  MentionMenu,
  UndoRedo,
  Placeholder.configure({ placeholder, showOnlyWhenEditable: false }),
  PlainPaste,
  Keys.configure({ onSend, onLeave }),
]

/** Who a comment speaks to, each once. */
export function mentionsIn(doc: DocNode): Mentioned[] {
  const found = new Map<string, Mentioned>()
  doc.descendants((node) => {
    if (node.type.name !== 'mention') return
    const { kind, ref, label } = MentionFields.parse(node.attrs)
    if (ref !== null) found.set(`${kind} ${ref}`, { kind, ref, label })
  })
  return [...found.values()]
}
