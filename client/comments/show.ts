import type { Editor } from '@tiptap/core'
import type { BlockId } from '../../shared/ids.ts'
import type { Anchors } from './anchors.ts'
import type { Card } from './cards.ts'
import { blockElements, elementsOf } from './measure.ts'

const calm = (): ScrollBehavior =>
  matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth'

/** Brings an element of the text into view; what is folded in a goal is unfolded first. */
function reveal(element: Element, block: ScrollLogicalPosition): void {
  if (element.getClientRects().length === 0)
    element.closest('.goal:not([data-shows-all])')?.querySelector<HTMLElement>('.goal-older')?.click()
  requestAnimationFrame(() => element.scrollIntoView({ block, behavior: calm() }))
}

/** Brings a block into view. */
export function showBlock(editor: Editor, block: BlockId): void {
  const element = blockElements(editor, new Set([block])).get(block)
  if (element) reveal(element, 'center')
}

/** Brings what a thread is about into view; false when it stands nowhere. */
export function showThread(
  editor: Editor,
  anchors: Anchors,
  card: Card,
  block: ScrollLogicalPosition = 'center',
): boolean {
  const [element] = card.block
    ? blockElements(editor, new Set([card.block])).values()
    : elementsOf(editor, anchors, card.id)
  if (element) reveal(element, block)
  return element !== undefined
}
