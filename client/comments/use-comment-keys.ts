import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { useEffect, useRef } from 'react'
import type { ThreadId } from '../../shared/ids.ts'
import { t } from '../i18n/i18n.ts'
import { announce } from '../ui/announce.ts'
import type { Card } from './cards.ts'
import type { Comments } from './use-comments.ts'

type Given = Pick<Comments, 'editor' | 'cards' | 'active' | 'canWrite' | 'open' | 'close' | 'begin'>

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** Ctrl/⌘ Alt M comments on what is selected, or on the line; F6 goes from the text to its thread and back. */
export function useCommentKeys(given: Given): void {
  const latest = useRef(given)
  latest.current = given
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { editor, canWrite, begin, close } = latest.current
      if (!editor || editor.isDestroyed || document.querySelector('dialog[open]')) return
      const inText = event.target instanceof HTMLElement && editor.view.dom.contains(event.target)
      if (event.code === 'KeyM' && event.altKey && (event.ctrlKey || event.metaKey)) {
        if (!canWrite || (!inText && inField(event.target))) return
        event.preventDefault()
        begin('selection')
      } else if (event.key === 'F6' && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault()
        if (event.target instanceof Element && event.target.closest('.thread')) close(true)
        else goToThread(editor, latest.current)
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

function goToThread(editor: Editor, { cards, open }: Given): void {
  const shown = new Map(
    cards.filter(({ thread }) => !thread?.resolved).map((card) => [String(card.id), card.id]),
  )
  const found = nearest(editor, shown, cards)
  if (found) open(found, 'card')
  else announce(t('comments.none'))
}

/** The thread at the caret, or else the next one after it, or else the first of all. */
function nearest(
  editor: Editor,
  shown: ReadonlyMap<string, ThreadId>,
  cards: readonly Card[],
): ThreadId | undefined {
  const { doc, selection } = editor.state
  const blocks = new Map(cards.flatMap(({ id, block }) => (block && shown.has(id) ? [[block, id]] : [])))
  const { head } = selection
  let first: ThreadId | undefined
  let around: ThreadId | undefined
  let next: ThreadId | undefined
  const take = (thread: ThreadId | undefined, from: number, to: number): void => {
    if (!thread) return
    first ??= thread
    if (from <= head && to >= head) around = thread
    else if (from > head) next ??= thread
  }
  doc.descendants((node: Node, pos) => {
    take(blocks.get(node.attrs['id']), pos, pos + node.nodeSize)
    for (const mark of node.marks)
      if (mark.type.name === 'comment')
        take(shown.get(String(mark.attrs['thread'])), pos, pos + node.nodeSize)
  })
  return around ?? next ?? first
}
