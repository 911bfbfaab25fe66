import type { Editor } from '@tiptap/core'
import type { NewsItem } from '../../shared/news.ts'
import type { LogNews } from './log-news.ts'
import { newsElements } from './marks.ts'
import { placesIn } from './places.ts'

/** On the screen for this long, it is read. */
const LONG_ENOUGH = 1000
const LOOK_EVERY = 250

type Window = { readonly top: number; readonly bottom: number }

/** Somebody is here: the page is the one they look at, and nothing lies over it. */
const isLookedAt = (): boolean =>
  document.visibilityState === 'visible' && document.hasFocus() && !document.querySelector('dialog[open]')

/** Half of it is in view; of what is taller than the window, its end. */
function isInView(element: Element, { top, bottom }: Window): boolean {
  const box = element.getBoundingClientRect()
  if (box.height === 0) return false
  if (box.height > bottom - top) return box.bottom > top && box.bottom <= bottom + 1
  return Math.min(box.bottom, bottom) - Math.max(box.top, top) >= box.height / 2
}

/**
 * Says what was read: what was on the screen, of a page that is looked at, for a moment. What is anywhere near the
 * window is found by the browser; only that is measured, and only while there is any.
 */
export function watchReading(editor: Editor, news: LogNews, view: () => Window) {
  const near = new Map<Element, string>()
  const elements = new Map<Element, string>()
  const since = new Map<string, number>()
  let timer: ReturnType<typeof setInterval> | undefined

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const key = elements.get(target)
      if (isIntersecting && key !== undefined) near.set(target, key)
      else leave(target)
    }
    if (near.size > 0) timer ??= setInterval(look, LOOK_EVERY)
  })

  function leave(target: Element): void {
    const key = near.get(target)
    near.delete(target)
    if (key === undefined) return
    since.delete(key)
    news.missed(key)
  }

  function look(): void {
    if (near.size === 0) {
      clearInterval(timer)
      timer = undefined
      return
    }
    if (!isLookedAt()) {
      since.clear()
      return
    }
    const now = performance.now()
    const window = view()
    for (const [element, key] of [...near]) {
      if (!isInView(element, window)) since.delete(key)
      else if (!since.has(key)) since.set(key, now)
      else if (now - (since.get(key) ?? now) >= LONG_ENOUGH) {
        since.delete(key)
        news.markRead(key)
      }
    }
  }

  /** Finds what pieces of news are drawn as, or would be; the text is walked once for all of them. */
  function finder(): (key: string) => Element | undefined {
    const drawn = newsElements(editor)
    let places: ReturnType<typeof placesIn> | null = null
    return (key) => {
      const known = drawn.get(key)
      if (known) return known
      if (places === null) places = placesIn(editor.state)
      const place = places?.get(key)
      const dom = place && editor.view.nodeDOM(place.pos)
      return dom instanceof Element ? dom : undefined
    }
  }

  function lookAround(elementOf?: ReturnType<typeof finder>): (item: NewsItem) => boolean {
    if (editor.isDestroyed || !isLookedAt()) return () => false
    const window = view()
    let find = elementOf
    return (item) => {
      find ??= finder()
      const key = item.what === 'gone' ? (item.place?.after ?? item.place?.within ?? '') : item.key
      const element = find(key)
      return element !== undefined && isInView(element, window)
    }
  }

  news.watchedBy(() => lookAround())
  return {
    /** What there is to watch has been drawn anew. */
    refresh(): void {
      if (editor.isDestroyed) return
      const wanted = new Map<Element, string>()
      const elementOf = finder()
      const isOnScreen = lookAround(elementOf)
      for (const item of news.watched()) {
        const element = elementOf(item.key)
        if (element) wanted.set(element, item.key)
        // It went before the reader's eyes: there is nothing left to look at.
        else if (item.what === 'gone' && isOnScreen(item)) news.markRead(item.key)
      }
      const keys = new Set(wanted.values())
      for (const [element, key] of elements) {
        if (wanted.get(element) === key) continue
        observer.unobserve(element)
        elements.delete(element)
        if (!keys.has(key)) leave(element)
        near.delete(element)
      }
      for (const [element, key] of wanted) {
        if (elements.has(element)) continue
        elements.set(element, key)
        observer.observe(element)
      }
    },
    stop(): void {
      clearInterval(timer)
      observer.disconnect()
      news.watchedBy(() => () => false)
    },
  }
}
