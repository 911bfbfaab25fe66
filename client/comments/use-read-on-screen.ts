import { type RefObject, useEffect } from 'react'
import type { Card } from './cards.ts'
import { markRead } from './read-threads.ts'

/** On the screen for this long, it is read. */
const LONG_ENOUGH = 1000
const LOOK_EVERY = 250

/** Somebody is here, and nothing lies over it. */
const isLookedAt = (element: Element): boolean =>
  document.visibilityState === 'visible' &&
  document.hasFocus() &&
  [...document.querySelectorAll('dialog[open]')].every((dialog) => dialog.contains(element))

/** Marks a thread as read once it has been on the screen for a moment, of a page that is looked at. */
export function useReadOnScreen(article: RefObject<HTMLElement | null>, { thread }: Card): void {
  const unread = (thread?.unread ?? 0) > 0
  const upTo = thread?.comments.at(-1)?.at ?? 0
  const id = thread?.id
  const caseId = thread?.case
  useEffect(() => {
    const element = article.current
    if (!element || !unread || !id || !caseId) return
    let inView = false
    let since: number | undefined
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, intersectionRatio, intersectionRect } of entries)
          inView = isIntersecting && (intersectionRatio >= 0.5 || intersectionRect.height > innerHeight / 3)
      },
      // Headers and the composer lie over the edges.
      { threshold: [0, 0.25, 0.5, 0.75, 1], rootMargin: '-100px 0px -80px' },
    )
    observer.observe(element)
    const timer = setInterval(() => {
      if (!inView || !isLookedAt(element)) {
        since = undefined
        return
      }
      since ??= performance.now()
      if (performance.now() - since >= LONG_ENOUGH) markRead(caseId, id, upTo)
    }, LOOK_EVERY)
    return () => {
      clearInterval(timer)
      observer.disconnect()
    }
  }, [article, unread, upTo, id, caseId])
}
