import type { Editor } from '@tiptap/core'
import { type RefObject, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonId } from '../../shared/ids.ts'
import { elementOfKey } from '../case-log/line-keys.ts'
import { announce } from '../ui/announce.ts'
import type { PersonHere } from './here.ts'

export type Follow = {
  readonly person: PersonHere | undefined
  start(person: PersonId): void
  stop(): void
}

/** What of one's own ends following: whoever reads or writes for themselves has taken over. */
const ownMoves = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

/** Follows a person through the log by the block they are in, until somebody says stop or moves. */
export function useFollow(
  people: readonly PersonHere[],
  editor: Editor | undefined,
  paper: RefObject<HTMLElement | null>,
): Follow {
  const { t } = useTranslation()
  const [followed, setFollowed] = useState<PersonId>()
  const person = people.find((one) => one.person === followed)
  const place = person?.place

  const stop = useCallback(() => {
    setFollowed((before) => {
      if (before !== undefined) announce(t('caseLog.here.stopped'))
      return undefined
    })
  }, [t])

  useEffect(() => {
    if (place === undefined || !editor || editor.isDestroyed) return
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    elementOfKey(editor.view, place)?.scrollIntoView({
      block: 'center',
      behavior: calm ? 'instant' : 'smooth',
    })
  }, [place, editor])

  useEffect(() => {
    if (followed === undefined) return
    const onMove = (event: Event): void => {
      const inPaper = event.target instanceof Node && paper.current?.contains(event.target)
      const onButton = event.target instanceof Element && event.target.closest('[data-follow]') !== null
      const key = event instanceof KeyboardEvent ? event.key : undefined
      if (key === 'Tab' || (event.type === 'pointerdown' && !inPaper)) return
      if (onButton && key !== 'Escape') return
      stop()
    }
    for (const name of ownMoves) addEventListener(name, onMove, { capture: true, passive: true })
    return () => {
      for (const name of ownMoves) removeEventListener(name, onMove, { capture: true })
    }
  }, [followed, paper, stop])

  return { person, start: setFollowed, stop }
}
