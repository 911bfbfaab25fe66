import { useEffect, useId, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { WaitingItem } from '../../shared/waiting.ts'
import { errorKey } from '../api/call.ts'
import { useMe, useServiceOf } from '../api/queries.ts'
import { withoutName } from '../cases/find.ts'
import { useCaseName, useNamesHidden } from '../cases/hidden-names.ts'
import { announce } from '../ui/announce.ts'
import { Face } from '../ui/Face.tsx'
import { FieldError } from '../ui/Field.tsx'
import { Tile } from '../ui/Tile.tsx'
import { CardBody } from './CardBody.tsx'
import { CardStatus } from './CardStatus.tsx'
import { LaterMenu } from './LaterMenu.tsx'
import { isUnderway, type Response } from './responses.ts'
import { lead, subject, tileOf } from './words.ts'

/** One thing that waits, answered where it stands; then it says what became of the answer, and folds away. */
export function WaitingCard({ item, response }: { item: WaitingItem; response: Response | undefined }) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const service = useServiceOf(me.service)
  const [hidden] = useNamesHidden()
  const nameOf = useCaseName()
  const title = useId()
  const card = useRef<HTMLElement>(null)
  const height = useRef(0)
  const underway = isUnderway(response)
  const say = { t, language: i18n.language, serviceName: service?.shortName ?? '' }
  const name = item.case ? nameOf(item.case.id, item.case.name) : ''
  const shown = (text: string) => (hidden && item.case ? withoutName(text, item.case.name, name) : text)
  const tile = tileOf(item, me.service)

  // Nothing below jumps while the card says what became of it.
  useLayoutEffect(() => {
    if (!underway) height.current = card.current?.offsetHeight ?? 0
  })
  useReceipt(response)

  return (
    <li className="waiting-slot" data-folding={response?.state === 'folding' || undefined}>
      <article
        ref={card}
        className="sheet waiting-card"
        aria-labelledby={title}
        style={underway && response?.state !== 'folding' ? { minHeight: height.current } : undefined}
      >
        <header className="waiting-head">
          {tile ? (
            <Tile service={tile} size={26} />
          ) : (
            'by' in item && <Face name={item.by.name} service={item.by.service} size={26} />
          )}
          <p>
            <strong>{lead(item, say)}</strong>
            {item.case && (
              <>
                <span className="waiting-dot" aria-hidden="true">
                  {' '}
                  ·{' '}
                </span>
                <Link to={`/logg/${item.case.id}`}>{name}</Link>
              </>
            )}
          </p>
          {!underway && <LaterMenu item={item} />}
        </header>
        <h3 id={title}>{shown(subject(item, say))}</h3>
        {underway && response ? (
          <CardStatus response={response} />
        ) : (
          <>
            {response?.error && (
              <p role="alert">
                <FieldError>{t(errorKey(response.error))}</FieldError>
              </p>
            )}
            <CardBody item={item} />
          </>
        )}
      </article>
    </li>
  )
}

/** A screen reader hears once that the answer is shared, or that it is kept. */
function useReceipt(response: Response | undefined) {
  const { t } = useTranslation()
  const state = response?.state
  const outcome = response?.outcome
  useEffect(() => {
    if (state === 'done' && outcome) announce(t(`waiting.done.${outcome}`))
    if (state === 'kept') announce(t('waiting.kept'))
  }, [state, outcome, t])
}
