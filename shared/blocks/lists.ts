import { InputRule } from '@tiptap/core'
import {
  BulletList as TiptapBulletList,
  ListItem as TiptapListItem,
  OrderedList as TiptapOrderedList,
} from '@tiptap/extension-list'
import type { EditorState } from '@tiptap/pm/state'

// The library brings `listItem+` and `paragraph block*`: emptied by two people at once, such a list is
// deleted whole by the next client that opens the log [BL1.1]. Keyboard behaviour stays the library's.

const text = new Set(['paragraph', 'heading'])

/** A title or a measure does not become a list item: ProseMirror would wrap it in a second goal to make it fit. */
const canList = ({ selection }: EditorState): boolean =>
  text.has(selection.$from.parent.type.name) && text.has(selection.$to.parent.type.name)

const guarded = (rules: readonly InputRule[]): InputRule[] =>
  rules.map(
    ({ find, handler, undoable }) =>
      new InputRule({ find, undoable, handler: (props) => (canList(props.state) ? handler(props) : null) }),
  )

export const ListItem = TiptapListItem.extend({ content: 'block*' })

export const BulletList = TiptapBulletList.extend({
  content: 'listItem*',
  addInputRules() {
    return guarded(this.parent?.() ?? [])
  },
  addCommands() {
    return {
      toggleBulletList:
        () =>
        ({ commands, state }) =>
          canList(state) && commands.toggleList(this.name, 'listItem'),
    }
  },
})

export const OrderedList = TiptapOrderedList.extend({
  content: 'listItem*',
  addInputRules() {
    return guarded(this.parent?.() ?? [])
  },
  addCommands() {
    return {
      toggleOrderedList:
        () =>
        ({ commands, state }) =>
          canList(state) && commands.toggleList(this.name, 'listItem'),
    }
  },
})
