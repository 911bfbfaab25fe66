import type { Editor } from '@tiptap/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Card } from './cards.ts'
import { measure, type Spot, whenMoved } from './measure.ts'
import { useComments } from './use-comments.ts'

type Spots = ReadonlyMap<string, Spot>
const none: Spots = new Map()

const isSame = (a: Spots, b: Spots): boolean =>
  a.size === b.size &&
  [...a].every(([id, { top, last }]) => {
    const other = b.get(id)
    return other !== undefined && Math.abs(other.top - top) < 1 && Math.abs(other.last - last) < 1
  })

/**
 * Where the text of each card stands, px from the top of the margin. A thread whose text has just gone, or whose mark is
 * on its way, keeps the place it last had.
 */
export function useSpots(
  editor: Editor | undefined,
  cards: readonly Card[],
  host: RefObject<HTMLElement | null>,
): Spots {
  const { anchors } = useComments()
  const [spots, setSpots] = useState<Spots>(none)
  const wanted = useRef(cards)
  wanted.current = cards
  const look = useRef(() => {})

  useEffect(() => {
    if (!editor || editor.isDestroyed) return
    const last = new Map<string, Spot>()
    const take = (): void => {
      const origin = host.current
      // A log behind a moment of its history has no layout to read.
      if (!origin || editor.isDestroyed || editor.view.dom.offsetParent === null) return
      for (const [id, spot] of measure(editor, anchors, wanted.current, origin)) last.set(id, spot)
      const ids = new Set<string>(wanted.current.map(({ id }) => id))
      const now = new Map([...last].filter(([id]) => ids.has(id)))
      setSpots((before) => (isSame(before, now) ? before : now))
    }
    const stop = whenMoved(editor, anchors, take)
    look.current = take
    return () => {
      look.current = () => {}
      stop()
    }
  }, [editor, anchors, host])

  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again for other cards
  useEffect(() => {
    const frame = requestAnimationFrame(() => look.current())
    return () => cancelAnimationFrame(frame)
  }, [cards])

  return spots
}
