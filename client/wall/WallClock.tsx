import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgendaItem, Meeting } from '../../shared/meetings.ts'
import { clockTime } from '../history/when.ts'
import { timeLeft, untilNextMinute } from './clock.ts'

/** The time, renewed as the minute turns, and every so often for the items' own minutes. */
export function useMinute(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const wait = Math.min(untilNextMinute(now) + 50, 10_000)
    const timer = setTimeout(() => setNow(Date.now()), wait)
    return () => clearTimeout(timer)
  }, [now])
  return now
}

/** The clock on the wall, and how long the item has left: it helps, and never shouts. */
export function WallClock({ meeting, item }: { meeting: Meeting; item: AgendaItem | undefined }) {
  const { t, i18n } = useTranslation()
  const now = useMinute()
  const { live } = meeting
  const left = live && item && live.item === item.id ? timeLeft(live.itemSince, item.minutes, now) : undefined
  return (
    <p className="wall-clock">
      <time className="wall-time">{clockTime(now, i18n.language)}</time>
      {left && (
        <span className="wall-left" role="timer" aria-live="off">
          {t(left.kind === 'left' ? 'meeting.clock.left' : 'meeting.clock.over', { count: left.minutes })}
        </span>
      )}
    </p>
  )
}
