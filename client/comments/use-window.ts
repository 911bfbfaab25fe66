import { type RefObject, useEffect, useState } from 'react'

type Window = { readonly top: number; readonly bottom: number }

/** What is drawn beyond the window, and how far one scrolls before anything is drawn anew. */
const BEYOND = 600
const STEP = 300

/** The part of an element that is in or near the window, px from its top, in steps. */
export function useWindow(host: RefObject<HTMLElement | null>): Window {
  const [seen, setSeen] = useState<Window>({ top: -BEYOND, bottom: innerHeight + BEYOND })
  useEffect(() => {
    let frame = 0
    const look = (): void => {
      frame = 0
      if (!host.current) return
      const above = -host.current.getBoundingClientRect().top
      const top = Math.floor(above / STEP) * STEP - BEYOND
      const bottom = Math.ceil((above + innerHeight) / STEP) * STEP + BEYOND
      setSeen((before) => (before.top === top && before.bottom === bottom ? before : { top, bottom }))
    }
    const soon = (): void => {
      frame ||= requestAnimationFrame(look)
    }
    soon()
    addEventListener('scroll', soon, { passive: true })
    addEventListener('resize', soon)
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('scroll', soon)
      removeEventListener('resize', soon)
    }
  }, [host])
  return seen
}
