import type { Comment, Signed, Thread } from '../../shared/comments.ts'
import type { BlockId, PersonId, ServiceId, ThreadId } from '../../shared/ids.ts'
import type { Draft } from './drafts.ts'
import type { Pending } from './outbox.ts'

/** One comment as it is shown: what the server has, or what is on its way there. */
export type Said = Comment & { readonly pending: Pending | undefined }

/** One thread as it is shown: what the server has of it, what is on its way, or only begun. */
export type Card = {
  readonly id: ThreadId
  readonly thread: Thread | undefined
  readonly block: BlockId | undefined
  readonly quote: string
  readonly gone: boolean
  readonly said: readonly Said[]
  /** In whose colours its text is underlined. */
  readonly service: ServiceId
  /** What is unsent and only kept here: a new thread. */
  readonly begun: Draft['anchor']
}

/** Everything there is to show: the server's threads in its order, then what was begun here. */
export function cardsOf(
  threads: readonly Thread[],
  begun: readonly Draft[],
  pending: readonly Pending[],
  me: Signed,
): Card[] {
  const known = new Set(threads.map(({ id }) => id))
  const byThread = Map.groupBy(pending, ({ thread }) => thread)
  const cards = threads.map((thread): Card => {
    const { anchor } = thread
    return {
      id: thread.id,
      thread,
      block: anchor.kind === 'block' ? (anchor.block ?? undefined) : undefined,
      quote: anchor.quote,
      gone: anchor.gone,
      said: withPending(thread.comments, byThread.get(thread.id) ?? []),
      service: thread.comments[0]?.by.service ?? me.service,
      begun: undefined,
    }
  })
  const sent = [...byThread].flatMap(([id, ofThread]) =>
    ofThread.flatMap(({ anchor }) => (anchor ? [{ id, anchor }] : [])),
  )
  const drafted = begun.flatMap(({ thread, anchor }) => (anchor ? [{ id: thread, anchor }] : []))
  for (const { id, anchor } of new Map([...sent, ...drafted].map((one) => [one.id, one])).values()) {
    if (known.has(id)) continue
    cards.push({
      id,
      thread: undefined,
      block: anchor.kind === 'block' ? anchor.block : undefined,
      quote: anchor.kind === 'text' ? anchor.quote : '',
      gone: false,
      said: withPending([], byThread.get(id) ?? []),
      service: me.service,
      begun: anchor,
    })
  }
  return cards
}

function withPending(comments: readonly Comment[], pending: readonly Pending[]): Said[] {
  const changes = new Map(pending.filter(({ changes }) => changes).map((one) => [one.id, one]))
  const said = comments.map((comment): Said => {
    const change = changes.get(comment.id)
    return change
      ? { ...comment, text: change.text, mentions: change.mentions, pending: change }
      : { ...comment, pending: undefined }
  })
  const there = new Set(comments.map(({ id }) => id))
  const more = pending.filter(({ id, changes: change }) => !change && !there.has(id))
  return [
    ...said,
    ...more.map(
      (one): Said => ({
        id: one.id,
        by: one.by,
        at: one.at,
        editedAt: null,
        deleted: false,
        text: one.text,
        mentions: one.mentions,
        reactions: [],
        pending: one,
      }),
    ),
  ]
}

export type Filter = 'open' | 'resolved' | 'mine' | 'mentioned' | 'goal'
export const filters: readonly Filter[] = ['open', 'resolved', 'mine', 'mentioned', 'goal']

type Asking = {
  readonly me: { readonly id: PersonId; readonly service: ServiceId }
  /** Whether a card's text stands in the goal that is asked for. */
  readonly inGoal: (card: Card) => boolean
}

const tests: Record<Filter, (card: Card, asking: Asking) => boolean> = {
  open: ({ thread }) => !thread?.resolved,
  resolved: ({ thread }) => thread?.resolved != null,
  mine: ({ said, thread }, { me }) => !thread || said.some(({ by }) => by.person === me.id),
  mentioned: ({ said }, { me }) =>
    said.some(({ mentions }) => mentions.some(({ ref }) => ref === me.id || ref === me.service)),
  goal: (card, { inGoal }) => !card.thread?.resolved && inGoal(card),
}

/** When a thread was last spoken in, ms since epoch. */
export const lastAt = ({ said, thread }: Card): number =>
  said.at(-1)?.at ?? thread?.at ?? Number.MAX_SAFE_INTEGER

/** The cards that a filter lets through, the latest spoken in first. */
export const filtered = (cards: readonly Card[], filter: Filter, asking: Asking): Card[] =>
  cards.filter((card) => tests[filter](card, asking)).sort((a, b) => lastAt(b) - lastAt(a))
