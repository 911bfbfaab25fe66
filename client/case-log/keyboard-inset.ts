import { type RefObject, useEffect } from 'react'

/**
 * Keeps the composer above the on-screen keyboard where the browser lays the keyboard over the page (iOS).
 * Elsewhere the window itself gets smaller and this changes nothing.
 */
export function useKeyboardInset(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const view = window.visualViewport
    if (!view) return
    const follow = (): void => {
      const covered = Math.max(0, innerHeight - view.height - view.offsetTop)
      place.current?.style.setProperty('--keyboard', `${view.scale > 1.01 ? 0 : Math.round(covered)}px`)
    }
    view.addEventListener('resize', follow)
    view.addEventListener('scroll', follow)
    return () => {
      view.removeEventListener('resize', follow)
      view.removeEventListener('scroll', follow)
    }
  }, [place])
}
