import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useServices } from '../api/queries.ts'
import { Tile } from '../ui/Tile.tsx'
import type { HistoryPage, Selection } from './queries.ts'
import { dayHeading, monthOf, noonOf } from './when.ts'

type Given = {
  days: HistoryPage['days']
  selection: Selection | undefined
  onSelect: (selection: Selection) => void
}

/** The days on which somebody worked, oldest first, each with a tile for each service: which shows the log at its end. */
export function DayStrip({ days, selection, onSelect }: Given) {
  const { t, i18n } = useTranslation()
  const services = useServices()
  const strip = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const { current } = strip
    if (current) current.scrollLeft = current.scrollWidth
  }, [])
  return (
    <ol className="plain day-strip" ref={strip} aria-label={t('history.days')}>
      {days.map(({ day, services: worked, to }, at) => {
        const before = days[at - 1]
        const date = noonOf(day)
        const month = monthOf(date, i18n.language)
        const names = worked.map((id) => services.find((service) => service.id === id)?.shortName ?? id)
        const label = t('history.dayOf', { day: dayHeading(date, i18n.language), services: names.join(', ') })
        return (
          <li key={day} className="strip-day">
            <span className="strip-month" aria-hidden="true">
              {before && monthOf(noonOf(before.day), i18n.language) === month ? '' : month}
            </span>
            <button
              type="button"
              aria-label={label}
              title={label}
              aria-current={selection?.seq === to ? 'true' : undefined}
              onClick={() => onSelect({ seq: to, since: before?.to ?? 0 })}
            >
              <span className="strip-tiles">
                {worked.slice(0, MOST).map((service) => (
                  <Tile key={service} service={service} size={20} />
                ))}
              </span>
              <span className="strip-number">{new Date(date).getDate()}</span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
const MOST = 4
