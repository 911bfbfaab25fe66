import './comments.css'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useServiceOf } from '../api/queries.ts'
import { inServiceColours } from '../ui/service.ts'
import type { Card } from './cards.ts'
import { LineButton } from './LineButton.tsx'
import { placeCards } from './place-cards.ts'
import { short, ThreadCard } from './ThreadCard.tsx'
import { useComments } from './use-comments.ts'
import { useSpots } from './use-spots.ts'
import { useWindow } from './use-window.ts'

const GAP = 10
/** A card's first line stands level with the text's. */
const RISE = 11
/** Until it has been drawn, a card is taken to be so tall. */
const guess = ({ said, begun }: Card): number => 64 + 40 * Math.min(said.length, 3) + (begun ? 80 : 0)
const BUBBLE = 28

/** Threads beside their text: as cards where there is room for them, else as bubbles that open one. */
export function Margin({ wide }: { wide: boolean }) {
  const { t } = useTranslation()
  const { cards, active, editor, canWrite, listOpen } = useComments()
  const host = useRef<HTMLDivElement>(null)
  // What is about nothing any more stands in the list, while that is open.
  const shown = useMemo(
    () => cards.filter(({ id, thread, gone }) => !(gone && listOpen) && (!thread?.resolved || id === active)),
    [cards, active, listOpen],
  )
  const spots = useSpots(editor, shown, host)
  // What was just begun is written in at once; its place is found in the next frame.
  const standing = shown.filter(({ id, begun }) => spots.has(id) || (begun && id === active))
  return (
    <aside className="margin" aria-label={t('comments.margin')} data-wide={wide || undefined} ref={host}>
      {wide ? (
        <Cards cards={standing} wanted={(id) => spots.get(id)?.top} host={host} />
      ) : (
        <Bubbles cards={standing} wanted={(id) => spots.get(id)?.last} />
      )}
      {editor && canWrite && <LineButton editor={editor} host={host} />}
    </aside>
  )
}

type Standing = { cards: readonly Card[]; wanted: (id: string) => number | undefined }

/** Cards, of which only those near the window are drawn. */
function Cards({ cards, wanted, host }: Standing & { host: React.RefObject<HTMLDivElement | null> }) {
  const { active } = useComments()
  const heights = useRef(new Map<string, number>())
  const [, setDrawn] = useState(0)
  const seen = useWindow(host)
  const wishes = cards.map((card) => ({
    id: card.id,
    wanted: Math.max(0, (wanted(card.id) ?? 0) - RISE),
    height: heights.current.get(card.id) ?? guess(card),
  }))
  const tops = placeCards(wishes, active, GAP)
  const height = new Map(wishes.map((wish) => [wish.id, wish.height]))
  const bottom = Math.max(0, ...wishes.map(({ id }) => (tops.get(id) ?? 0) + (height.get(id) ?? 0)))
  const near = cards.filter(({ id }) => {
    const top = tops.get(id) ?? 0
    return id === active || (top < seen.bottom && top + (height.get(id) ?? 0) > seen.top)
  })
  return (
    <div className="margin-cards" style={{ height: bottom }}>
      {near
        .toSorted((a, b) => (tops.get(a.id) ?? 0) - (tops.get(b.id) ?? 0))
        .map((card) => (
          <Placed
            key={card.id}
            card={card}
            top={tops.get(card.id) ?? 0}
            active={card.id === active}
            seeking={wanted(card.id) === undefined}
            onHeight={(tall) => {
              if (heights.current.get(card.id) === tall) return
              heights.current.set(card.id, tall)
              setDrawn((count) => count + 1)
            }}
          />
        ))}
    </div>
  )
}

type Placement = {
  card: Card
  top: number
  active: boolean
  seeking: boolean
  onHeight: (height: number) => void
}

function Placed({ card, top, active, seeking, onHeight }: Placement) {
  const place = useRef<HTMLDivElement>(null)
  const tell = useRef(onHeight)
  tell.current = onHeight
  useLayoutEffect(() => {
    if (place.current) tell.current(place.current.offsetHeight)
  }, [])
  useEffect(() => {
    const { current } = place
    if (!current) return
    const watch = new ResizeObserver(() => tell.current(current.offsetHeight))
    watch.observe(current)
    return () => watch.disconnect()
  }, [])
  return (
    <div
      ref={place}
      className="margin-card"
      data-active={active || undefined}
      data-seeking={seeking || undefined}
      style={{ transform: `translateY(${Math.round(top)}px)` }}
    >
      <ThreadCard card={card} active={active} />
    </div>
  )
}

/** How much was said, at the end of the line that it is about. */
function Bubbles({ cards, wanted }: Standing) {
  const { active } = useComments()
  const wishes = cards.map(({ id }) => ({ id, wanted: wanted(id) ?? 0, height: BUBBLE }))
  const tops = placeCards(wishes, active, 2)
  return cards
    .toSorted((a, b) => (tops.get(a.id) ?? 0) - (tops.get(b.id) ?? 0))
    .map((card) => <Bubble key={card.id} card={card} top={tops.get(card.id) ?? 0} />)
}

function Bubble({ card, top }: { card: Card; top: number }) {
  const { t } = useTranslation()
  const { active, open } = useComments()
  const service = useServiceOf(card.service)
  const unread = (card.thread?.unread ?? 0) > 0
  const count = card.said.length
  const bubble = t('comments.bubble', { count, quote: short(card.quote) })
  return (
    <button
      type="button"
      className="bubble"
      aria-label={count === 0 ? t('comments.draft') : unread ? t('comments.bubbleNew', { bubble }) : bubble}
      data-active={card.id === active || undefined}
      data-unread={unread || undefined}
      onClick={() => open(card.id, count === 0 ? 'reply' : 'nothing')}
      {...inServiceColours(service, { transform: `translateY(${Math.round(top)}px)` })}
    >
      {count === 0 ? '…' : count}
    </button>
  )
}
