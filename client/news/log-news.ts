import type { CaseId } from '../../shared/ids.ts'
import type { News, NewsItem } from '../../shared/news.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { createStore } from '../ui/store.ts'
import { onNews } from './heard.ts'
import { ReadQueue } from './read-queue.ts'

/** A piece of news as it is shown: it stays for the visit once it is read, so that nothing jumps. */
export type Shown = NewsItem & { readonly seq: number; readonly read: boolean }

export type NewsState = {
  readonly loaded: boolean
  readonly items: readonly Shown[]
  /** Unread ones beyond those in `items`. */
  readonly more: number
  /** When the reader was here last; null the first time. */
  readonly since: number | null
  /** The one that was stepped to. */
  readonly at: string | undefined
  /** The line over the text is there: something was new when the log was opened, or it was asked for. */
  readonly open: boolean
}

/** At most this often, however fast somebody types. */
const EVERY = 1500

const nothing: NewsState = {
  loaded: false,
  items: [],
  more: 0,
  since: null,
  at: undefined,
  open: false,
}

/** What is new in an open log, from the server; what of it was on the screen, to the server. */
export class LogNews {
  readonly state = createStore<NewsState>(nothing)
  readonly #case: CaseId
  readonly #queue: ReadQueue
  readonly #stopHearing: () => void
  /** Up to where each block was read in this visit, and all of them under ''. */
  readonly #read = new Map<string, number>()
  /** Changed under the reader's eyes: no news as long as it stays on the screen. */
  readonly #witnessed = new Map<string, Shown>()
  #look: () => (item: NewsItem) => boolean = () => () => false
  #timer: ReturnType<typeof setTimeout> | undefined
  #askedAt = 0
  #asking = false
  #again = false
  #stopped = false

  constructor(caseId: CaseId) {
    this.#case = caseId
    this.#queue = new ReadQueue(caseId, () => this.#soon())
    this.#stopHearing = onNews(caseId, () => this.#askedAt > 0 && this.#soon())
  }

  /** How to look at the screen, and then tell of one block after the other whether it is before the reader's eyes. */
  watchedBy(look: () => (item: NewsItem) => boolean): void {
    this.#look = look
  }

  /** Asks for the first time: the log stands on the screen. */
  begin(): void {
    if (this.#askedAt === 0) this.#soon()
  }

  /** Unread blocks to watch, shown as news or not. */
  watched(): Shown[] {
    return [...this.state.get().items.filter(({ read }) => !read), ...this.#witnessed.values()]
  }

  markRead(key: string): void {
    const state = this.state.get()
    const item = this.#witnessed.get(key) ?? state.items.find((one) => one.key === key && !one.read)
    if (!item) return
    this.#read.set(key, item.seq)
    this.#queue.add(key, item.seq)
    if (this.#witnessed.delete(key)) return
    const items = state.items.map((one) => (one.key === key ? { ...one, read: true } : one))
    this.#set({ ...state, items })
  }

  /** Something that changed before the reader's eyes went out of sight before they can have read it. */
  missed(key: string): void {
    const item = this.#witnessed.get(key)
    if (!item) return
    this.#witnessed.delete(key)
    const state = this.state.get()
    this.#set({ ...state, items: [...state.items.filter((one) => one.key !== key), item] })
  }

  markAllRead(): void {
    const state = this.state.get()
    const seq = Math.max(0, ...state.items.map((one) => one.seq))
    this.#read.set('', seq)
    this.#queue.all(seq)
    this.#witnessed.clear()
    this.#set({ ...state, items: [], more: 0, at: undefined, open: false })
  }

  stepTo(key: string): void {
    this.#set({ ...this.state.get(), at: key, open: true })
  }

  /** Takes the line away, and the marks of what is read. */
  close(): void {
    const state = this.state.get()
    this.#set({ ...state, items: state.items.filter(({ read }) => !read), at: undefined, open: false })
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#stopHearing()
    this.#queue.stop()
  }

  #set(state: NewsState): void {
    if (!this.#stopped) this.state.set(state)
  }

  #soon(): void {
    if (this.#asking) this.#again = true
    if (this.#stopped || this.#asking || this.#timer !== undefined) return
    const wait = Math.max(0, this.#askedAt + EVERY - Date.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#ask()
    }, wait)
  }

  async #ask(): Promise<void> {
    this.#asking = true
    this.#askedAt = Date.now()
    try {
      this.#take(await call(endpoints.news, { params: { id: this.#case } }))
    } catch {
      // News come on top of the log, which says itself what is wrong with the line; being back asks again.
    }
    this.#asking = false
    if (this.#again) this.#soon()
    this.#again = false
  }

  #take({ seq, count, items, since }: News): void {
    const { items: shown, loaded, ...rest } = this.state.get()
    const before = new Map(shown.map((item) => [item.key, item]))
    const all = this.#read.get('') ?? 0
    const fresh: Shown[] = []
    const told = new Set<string>()
    const isOnScreen = this.#look()
    let pending = 0
    for (const item of items) {
      const { key } = item
      told.add(key)
      const known = before.get(key)
      // The answer was given before the server knew that this is read.
      if (seq <= Math.max(all, this.#read.get(key) ?? 0)) {
        pending += 1
        if (known) fresh.push(known)
        continue
      }
      const now: Shown = { ...item, seq, read: false }
      const unseen = !known || known.read
      if (loaded && unseen && isOnScreen(item)) {
        this.#witnessed.set(key, now)
        if (known) fresh.push(known)
      } else if (this.#witnessed.has(key)) this.#witnessed.set(key, now)
      else fresh.push(now)
    }
    for (const key of this.#witnessed.keys()) if (!told.has(key)) this.#witnessed.delete(key)
    // What is read stays as it is shown; what was put back, or read elsewhere, is no news any more.
    const kept = shown.filter(({ key, read }) => read && !told.has(key))
    this.#set({
      ...rest,
      loaded: true,
      since: loaded ? rest.since : since,
      items: inOrder(shown, [...fresh, ...kept]),
      more: all >= seq ? 0 : Math.max(0, count - items.length),
      open: rest.open || (!loaded && count > pending),
    })
  }
}

/** New ones in the order of the log, and those that are no longer told of where they were among them. */
function inOrder(before: readonly Shown[], now: readonly Shown[]): Shown[] {
  const order = now.filter(({ read }) => !read)
  for (const item of now.filter(({ read }) => read)) {
    const next = before.slice(before.findIndex(({ key }) => key === item.key) + 1)
    const place = order.findIndex(({ key }) => next.some((one) => one.key === key))
    if (place < 0) order.push(item)
    else order.splice(place, 0, item)
  }
  return order
}
