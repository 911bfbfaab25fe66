import './news.css'
import { ChevronDownIcon, ChevronUpIcon, XMarkIcon } from '@navikt/aksel-icons'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { firstName } from '../ui/names.ts'
import { Tile } from '../ui/Tile.tsx'
import { NewsList } from './NewsList.tsx'
import type { News } from './use-news.ts'

/** A calm line over the text: how much is new and by whom, a way through it, and an end to it. */
export function NewsLine({ news }: { news: News }) {
  const { t } = useTranslation()
  const [listed, setListed] = useState(false)
  const list = useId()
  const { items, unread, open } = news
  const place = items.findIndex(({ key }) => key === news.at) + 1

  useEffect(() => {
    if (!listed) return
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setListed(false)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [listed])

  if (!open) return null
  return (
    <section className="news-line" aria-label={t('news.label')}>
      <p className="news-count">
        <strong>{unread > 0 ? t('news.count', { count: unread }) : t('news.allRead')}</strong>
      </p>
      {items.length > 0 && <Whose news={news} />}
      <div className="news-actions">
        {items.length > 0 && (
          <>
            <Button
              size="sm"
              variant="tertiary"
              className="news-list-button"
              aria-expanded={listed}
              aria-controls={list}
              onClick={() => setListed(!listed)}
            >
              {t(listed ? 'news.hide' : 'news.show')}
            </Button>
            <div className="news-steps">
              <Button
                size="sm"
                variant="secondary"
                aria-label={t('news.previous')}
                aria-keyshortcuts="Shift+F8"
                title={`${t('news.previous')} (Shift F8)`}
                icon={<ChevronUpIcon aria-hidden />}
                onClick={() => news.step(-1)}
              />
              <span className="news-position">
                {t('news.position', { at: place > 0 ? place : '–', count: items.length })}
              </span>
              <Button
                size="sm"
                variant="secondary"
                aria-label={t('news.next')}
                aria-keyshortcuts="F8"
                title={`${t('news.next')} (F8)`}
                icon={<ChevronDownIcon aria-hidden />}
                onClick={() => news.step(1)}
              />
            </div>
          </>
        )}
        {unread > 0 ? (
          <Button size="sm" onClick={news.markAllRead}>
            {t('news.markAll')}
          </Button>
        ) : (
          <Button
            size="sm"
            variant="tertiary"
            aria-label={t('news.close')}
            icon={<XMarkIcon aria-hidden />}
            onClick={news.close}
          />
        )}
      </div>
      {listed && (
        <NewsList
          id={list}
          news={news}
          onGo={(item) => {
            setListed(false)
            news.goTo(item)
          }}
        />
      )}
    </section>
  )
}

/** Whose doing it is: «Silje 3 · Camilla 2». */
function Whose({ news: { items, naming } }: { news: News }) {
  const { t } = useTranslation()
  const unread = items.filter(({ read }) => !read)
  const people = Map.groupBy(unread.length > 0 ? unread : items, ({ by }) => by[0]?.person)
  const inOrder = [...people].sort(([, a], [, b]) => b.length - a.length)
  return (
    <ul className="plain news-people">
      {inOrder.map(([person = '', theirs]) => {
        const service = theirs[0]?.by[0]?.service
        const name = firstName(naming.person(person))
        return (
          <li key={person}>
            {service && <Tile service={service} size={20} />}
            <span aria-hidden="true">{t('news.from', { name, count: theirs.length })}</span>
            <span className="unseen">{t('news.fromLong', { name, count: theirs.length })}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** In the header, while the line is not there: something came while you were elsewhere in the log. */
export function NewsButton({ news }: { news: News }) {
  const { t } = useTranslation()
  if (news.open || news.unread === 0) return null
  return (
    <Button size="sm" variant="secondary" className="news-button" onClick={() => news.step(1)}>
      {t('news.count', { count: news.unread })}
    </Button>
  )
}
