import './waiting.css'
import './waiting-answers.css'
import { ExclamationmarkTriangleIcon } from '@navikt/aksel-icons'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaitingItem } from '../../shared/waiting.ts'
import { errorKey } from '../api/call.ts'
import { Button } from '../ui/Button.tsx'
import type { useWaiting } from './queries.ts'
import { type Response, useResponses } from './responses.ts'
import { WaitingCard } from './WaitingCard.tsx'

/** As many stand open; the rest wait behind one button. */
const FIRST = 4

/** One calm list of what waits for you, most urgent first. Nothing at all when nothing does. */
export function WaitingCards({ waiting }: { waiting: ReturnType<typeof useWaiting> }) {
  const { t } = useTranslation()
  const responses = useResponses()
  const [all, setAll] = useState(false)
  const items = useSteady(waiting.data?.items ?? none, responses)
  const shown = all ? items : items.slice(0, FIRST)
  const putOff = waiting.data?.putOff ?? 0
  return (
    <>
      {waiting.isError && (
        <div className="notice waiting-failed" data-tone="error">
          <ExclamationmarkTriangleIcon aria-hidden />
          <p>
            <strong role="alert">{t('waiting.failed')}</strong> {t(errorKey(waiting.error))}
          </p>
          <Button variant="secondary" size="sm" onClick={() => void waiting.refetch()}>
            {t('shell.retry')}
          </Button>
        </div>
      )}
      {items.length > 0 && (
        <section aria-label={t('waiting.title')}>
          <h2 className="unseen">{t('waiting.title')}</h2>
          <ul className="plain waiting-cards">
            {shown.map((item) => (
              <WaitingCard key={item.key} item={item} response={responses.get(item.key)} />
            ))}
          </ul>
        </section>
      )}
      {(items.length > shown.length || putOff > 0) && (
        <p className="waiting-more">
          {items.length > shown.length && (
            <Button variant="secondary" size="sm" onClick={() => setAll(true)}>
              {t('waiting.showAll', { count: items.length })}
            </Button>
          )}
          {putOff > 0 && <span className="quiet">{t('waiting.putOff', { count: putOff })}</span>}
        </p>
      )}
    </>
  )
}

const none: readonly WaitingItem[] = []

/**
 * The same order for as long as the page is open, so that nothing moves from under a pointer; what was just answered
 * stays until it has folded away, whatever the server says meanwhile.
 */
function useSteady(items: readonly WaitingItem[], responses: ReadonlyMap<string, Response>): WaitingItem[] {
  const order = useRef<readonly string[]>([])
  const known = new Map<string, WaitingItem>()
  for (const { item } of responses.values()) known.set(item.key, item)
  for (const item of items) known.set(item.key, item)
  const settled = order.current.filter((key) => known.has(key))
  const arrived = [...known.keys()].filter((key) => !settled.includes(key))
  order.current = [...settled, ...arrived]
  return order.current.flatMap((key) => known.get(key) ?? [])
}
