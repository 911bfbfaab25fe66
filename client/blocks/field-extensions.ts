import { Extension, type Extensions, Node } from '@tiptap/core'
import { Placeholder, UndoRedo } from '@tiptap/extensions'
import { Fragment, Slice } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { Mention } from '../../shared/blocks/mention.ts'
import { Paragraph, Text } from '../../shared/blocks/text.ts'
import { type BlocksContext, blocksContext } from './context.ts'
import { mentionView } from './mention-view.ts'
import { MentionMenu } from './menus/mention.ts'

/** Its text is nobody's document but the field's, so no concurrent edit can invalidate it. */
const field = (content: 'paragraph' | 'paragraph+') => Node.create({ name: 'doc', topNode: true, content })

/** Pastes words alone: line by line, or all of them in one line. */
const PlainPaste = Extension.create<{ inLines: boolean }>({
  name: 'plainPaste',
  addOptions: () => ({ inLines: false }),
  addProseMirrorPlugins() {
    const { inLines } = this.options
    return [
      new Plugin({
        props: {
          handlePaste(view, event) {
            const { paragraph } = view.state.schema.nodes
            const text = (event.clipboardData?.getData('text/plain') ?? '').trim()
            const lines = inLines ? text.split(/\r?\n/) : [text.replace(/\s+/g, ' ')]
            if (!paragraph || text === '') return true
            const nodes = lines.map((line) =>
              paragraph.create(null, line ? view.state.schema.text(line) : null),
            )
            const pasted = new Slice(Fragment.from(nodes), 1, 1)
            view.dispatch(view.state.tr.replaceSelection(pasted).scrollIntoView())
            return true
          },
          handleDrop: () => true,
        },
      }),
    ]
  },
})

type Keys = { inLines: boolean; onSend: () => void; onLeave: () => void }

const FieldKeys = Extension.create<Keys>({
  name: 'fieldKeys',
  addOptions: () => ({ inLines: false, onSend: () => {}, onLeave: () => {} }),
  addKeyboardShortcuts() {
    const { inLines, onSend, onLeave } = this.options
    const send = (): boolean => {
      onSend()
      return true
    }
    const leave = (): boolean => {
      onLeave()
      return true
    }
    const line = inLines ? () => this.editor.commands.splitBlock() : send
    return { Enter: send, 'Mod-Enter': send, 'Shift-Enter': line, Escape: leave }
  },
})

type Given = Keys & { context: BlocksContext; placeholder: () => string }

/** A little editor of one line, or of lines (Shift+Enter), with people and services by `@`; Enter sends it. */
export const fieldExtensions = ({ context, placeholder, inLines, onSend, onLeave }: Given): Extensions => [
  blocksContext(context),
  field(inLines ? 'paragraph+' : 'paragraph'),
  Paragraph,
  Text,
  Mention.extend({ addNodeView: () => mentionView }),
  MentionMenu,
  UndoRedo,
  Placeholder.configure({ placeholder, showOnlyWhenEditable: false }),
  PlainPaste.configure({ inLines }),
  FieldKeys.configure({ inLines, onSend, onLeave }),
]
