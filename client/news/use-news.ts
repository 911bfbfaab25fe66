import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseDetail } from '../../shared/cases.ts'
import { useServices } from '../api/queries.ts'
import { covered } from '../case-log/covered.ts'
import { announce } from '../ui/announce.ts'
import { whenIdle } from '../ui/idle.ts'
import { createStore } from '../ui/store.ts'
import { LogNews, type NewsState, type Shown } from './log-news.ts'
import { markNews, newsElement } from './marks.ts'
import { fieldSentence, type Naming, sentence } from './sentences.ts'
import { watchReading } from './watch-reading.ts'

export type News = NewsState & {
  readonly unread: number
  readonly naming: Naming
  /** Goes to a piece of news, and says which it is. */
  goTo(item: Shown | undefined): void
  step(by: 1 | -1): void
  markAllRead(): void
  close(): void
}

const nothing = createStore<NewsState>({
  loaded: false,
  items: [],
  more: 0,
  since: null,
  at: undefined,
  open: false,
})

/** What is new in an open log: marked in its editor, read as it is on the screen, and stepped through. */
export function useNews(detail: CaseDetail, editor: Editor | undefined): News {
  const { t, i18n } = useTranslation()
  const services = useServices()
  const [news, setNews] = useState<LogNews>()
  const { subscribe, get } = news?.state ?? nothing
  const state = useSyncExternalStore(subscribe, get)

  const naming = useMemo<Naming>(
    () => ({
      t,
      language: i18n.language,
      person: (id) => detail.members.find(({ person }) => person === id)?.name ?? '…',
      service: (id) => services.find((one) => one.id === id)?.shortName ?? '',
    }),
    [t, i18n.language, detail.members, services],
  )
  const latest = useRef({ naming, services })
  latest.current = { naming, services }

  useEffect(() => {
    const opened = new LogNews(detail.id)
    setNews(opened)
    return () => {
      opened.stop()
      setNews(undefined)
    }
  }, [detail.id])

  useEffect(() => {
    if (!news || !editor || editor.isDestroyed) return
    const words = {
      service: (id: string) => latest.current.services.find((one) => one.id === id),
      gone: (item: Shown) => sentence(item, latest.current.naming),
      fields: (item: Shown) => fieldSentence(item, latest.current.naming),
    }
    const bottom = (): number =>
      document.querySelector('.composer')?.getBoundingClientRect().top ?? window.innerHeight
    const top = (): number =>
      document.querySelector('.news-list')?.getBoundingClientRect().bottom ?? covered()
    const reading = watchReading(editor, news, () => ({ top: top(), bottom: bottom() }))
    const stop = markNews(editor, news, words, covered, reading.refresh)
    // The text is read first; what of it is new may come a moment after.
    const callOff = whenIdle(() => news.begin(), 500)
    return () => {
      callOff()
      stop()
      reading.stop()
    }
  }, [news, editor])

  const goTo = useCallback(
    (item: Shown | undefined) => {
      if (!news || !editor || editor.isDestroyed || !item) return
      news.stepTo(item.key)
      const { items } = news.state.get()
      const at = items.findIndex(({ key }) => key === item.key) + 1
      const words = { at, count: items.length, sentence: sentence(item, latest.current.naming) }
      announce(latest.current.naming.t('news.said', words))
      reveal(editor, item.key)
    },
    [news, editor],
  )
  const step = useCallback(
    (by: 1 | -1) => {
      const { items, at } = news?.state.get() ?? { items: [], at: undefined }
      const from = items.findIndex(({ key }) => key === at)
      const first = items.findIndex(({ read }) => !read)
      const start = by === 1 ? Math.max(first, 0) : items.length - 1
      goTo(items[from < 0 ? start : (from + by + items.length) % items.length])
    },
    [news, goTo],
  )

  const active = state.items.length > 0
  useEffect(() => {
    if (!active) return
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F8' || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      step(event.shiftKey ? -1 : 1)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [active, step])

  return {
    ...state,
    unread: state.items.filter(({ read }) => !read).length + state.more,
    naming,
    goTo,
    step,
    markAllRead() {
      news?.markAllRead()
      announce(t('news.marked'))
    },
    close: () => news?.close(),
  }
}

/** Brings a piece of news into view; an older evaluation is unfolded first. The caret stays where it is. */
function reveal(editor: Editor, key: string): void {
  const element = newsElement(editor, key)
  const goal = element?.closest('.goal:not([data-shows-all])')
  if (element && element.getClientRects().length === 0)
    goal?.querySelector<HTMLElement>('.goal-older')?.click()
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  requestAnimationFrame(() =>
    newsElement(editor, key)?.scrollIntoView({ block: 'center', behavior: calm ? 'instant' : 'smooth' }),
  )
}
