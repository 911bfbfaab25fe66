import { Extension, type Extensions, Node } from '@tiptap/core'
import { Placeholder, UndoRedo } from '@tiptap/extensions'
import { Plugin } from '@tiptap/pm/state'
import { Mention } from '../../shared/blocks/mention.ts'
import { Paragraph, Text } from '../../shared/blocks/text.ts'
import { type BlocksContext, blocksContext } from '../blocks/context.ts'
import { mentionView } from '../blocks/mention-view.ts'
import { MentionMenu } from '../blocks/menus/mention.ts'

/** Exactly one line. It is nobody's document but the composer's, so no concurrent edit can invalidate it. */
const Line = Node.create({ name: 'doc', topNode: true, content: 'paragraph' })

const PlainPaste = Extension.create({
  name: 'plainPaste',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handlePaste(view, event) {
          const text = event.clipboardData?.getData('text/plain').replace(/\s+/g, ' ').trim()
          if (text) view.dispatch(view.state.tr.insertText(text).scrollIntoView())
          return true
        },
        handleDrop: () => true,
      },
    }),
  ],
})

const OneLine = Extension.create<{ onShare: () => void; onLeave: () => void }>({
  name: 'oneLine',
  addOptions: () => ({ onShare: () => {}, onLeave: () => {} }),
  addKeyboardShortcuts() {
    const share = (): boolean => {
      this.options.onShare()
      return true
    }
    const leave = (): boolean => {
      this.options.onLeave()
      return true
    }
    return { Enter: share, 'Shift-Enter': share, 'Mod-Enter': share, Escape: leave }
  },
})

type Given = { context: BlocksContext; placeholder: () => string; onShare: () => void; onLeave: () => void }

/** The little editor of the composer: one line, with people and services by `@`. */
export const composeExtensions = ({ context, placeholder, onShare, onLeave }: Given): Extensions => [
  blocksContext(context),
  Line,
  Paragraph,
  Text,
  Mention.extend({ addNodeView: () => mentionView }),
  MentionMenu,
  UndoRedo,
  Placeholder.configure({ placeholder, showOnlyWhenEditable: false }),
  PlainPaste,
  OneLine.configure({ onShare, onLeave }),
]
