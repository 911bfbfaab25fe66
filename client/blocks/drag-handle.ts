import type { Editor, Extension } from '@tiptap/core'
import { DragHandle } from '@tiptap/extension-drag-handle'
import { t } from '../i18n/i18n.ts'
import { placeBeside } from '../ui/place.ts'
import { duplicateAt, moveAt, removeAt } from './block-actions.ts'
import { blocksOf } from './context.ts'
import type { GetPos } from './edit.ts'
import { forAgenda } from './on-agenda.ts'

const grip =
  '<svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">' +
  [4, 8, 12].map((y) => `<circle cx="6" cy="${y}" r="1.2"/><circle cx="10" cy="${y}" r="1.2"/>`).join('') +
  '</svg>'

/** Blocks that have a handle of their own inside another block. */
const draggedInside = new Set(['measure', 'evaluation', 'listItem'])

/** The grip's menu: what dragging does, without dragging. */
function openMenu(button: HTMLElement, editor: Editor, getPos: GetPos): void {
  const menu = document.createElement('div')
  menu.className = 'menu'
  menu.popover = 'auto'
  menu.setAttribute('role', 'menu')
  menu.setAttribute('aria-label', t('blocks.blockMenu'))
  const { comment, putOnAgenda } = blocksOf(editor)
  const block = putOnAgenda && forAgenda(editor, getPos)
  const commentHere = (): void => {
    const at = getPos()
    if (at !== undefined) comment?.({ at })
  }
  const items: [string, () => void][] = [
    ...(comment ? [[t('comments.comment'), commentHere] satisfies [string, () => void]] : []),
    ...(block ? [[t('meetings.put'), () => putOnAgenda(block)] satisfies [string, () => void]] : []),
    [t('blocks.moveUp'), () => moveAt(editor, getPos, 'up')],
    [t('blocks.moveDown'), () => moveAt(editor, getPos, 'down')],
    [t('blocks.duplicate'), () => duplicateAt(editor, getPos)],
    [t('blocks.remove'), () => removeAt(editor, getPos)],
  ]
  const buttons = items.map(([words, act]) => {
    const item = document.createElement('button')
    item.type = 'button'
    item.className = 'menu-item'
    item.setAttribute('role', 'menuitem')
    item.tabIndex = -1
    item.textContent = words
    item.addEventListener('click', () => {
      menu.hidePopover()
      act()
    })
    return item
  })
  menu.append(...buttons)
  menu.addEventListener('keydown', (event) => {
    const at = buttons.findIndex((item) => item.matches(':focus'))
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    buttons[(at + step + buttons.length) % buttons.length]?.focus()
  })
  document.body.append(menu)
  menu.showPopover()
  const stop = placeBeside(button, menu, 'start')
  buttons[0]?.focus()
  editor.commands.lockDragHandle()
  menu.addEventListener('toggle', ({ newState }) => {
    if (newState !== 'closed') return
    stop()
    menu.remove()
    if (!editor.isDestroyed) editor.commands.unlockDragHandle()
  })
}

/** The grip beside whatever the mouse is over: drag it, or press it for the same by menu. */
export function dragHandle(): Extension {
  let at: GetPos = () => undefined
  let editor: Editor | undefined
  return DragHandle.configure({
    render: () => {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'drag-handle'
      button.tabIndex = -1
      button.style.visibility = 'hidden'
      button.innerHTML = grip
      button.addEventListener('pointerenter', () => {
        button.title = t('blocks.drag')
        button.setAttribute('aria-label', t('blocks.drag'))
      })
      button.setAttribute('aria-label', t('blocks.drag'))
      button.addEventListener('click', () => editor && openMenu(button, editor, at))
      return button
    },
    onNodeChange: (change) => {
      editor = change.editor
      const { node } = change
      at = () => {
        let found: number | undefined
        if (node)
          change.editor.state.doc.descendants((other, pos) => {
            if (other === node) found = pos
            return found === undefined && !other.isTextblock
          })
        return found
      }
    },
    nested: {
      edgeDetection: 'none',
      rules: [
        {
          id: 'blocks',
          evaluate: ({ node, parent }) =>
            parent?.type.name === 'doc' || draggedInside.has(node.type.name) ? 0 : 1000,
        },
      ],
    },
    computePositionConfig: {
      placement: 'left-start',
      strategy: 'absolute',
      middleware: [{ name: 'gutter', fn: ({ x, y }) => ({ x: x - 4, y: y + 2 }) }],
    },
  })
}
