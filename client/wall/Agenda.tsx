import { ChevronDownIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCaseName } from '../cases/hidden-names.ts'
import { useMedia } from '../ui/media.ts'
import { AgendaRow } from './AgendaRow.tsx'
import { itemTitle } from './item-title.ts'
import { NewItem } from './NewItem.tsx'
import { NARROW } from './narrow.ts'
import { byCase, placeIn } from './order.ts'
import type { Place } from './use-place.ts'
import { KeyHints } from './WallMenu.tsx'
import { useOnWall } from './wall-context.ts'

/** The agenda beside the wall; on a phone a bar that unfolds. */
export function Agenda({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { meeting, say } = useOnWall()
  const narrow = useMedia(NARROW)
  const [open, setOpen] = useState(false)
  const nameOf = useCaseName()
  const { agenda } = meeting
  const { at, count } = placeIn(agenda, place.item)
  const current = agenda[at - 1]
  const list = (
    <div className="wall-agenda-list">
      {byCase(agenda).map((group) => {
        const of = meeting.cases.find(({ id }) => id === group.case)
        return (
          <section key={group.items[0]?.id}>
            {meeting.kind === 'team' && of && <h2>{nameOf(of.id, of.name)}</h2>}
            <ol className="plain">
              {group.items.map((item) => (
                <li key={item.id}>
                  <AgendaRow
                    item={item}
                    number={agenda.indexOf(item) + 1}
                    shown={item.id === place.item}
                    onGo={() => {
                      place.goTo(item.id)
                      setOpen(false)
                    }}
                  />
                </li>
              ))}
            </ol>
          </section>
        )
      })}
      {agenda.length === 0 && <p className="wall-agenda-empty">{t('meeting.agenda.empty')}</p>}
      {meeting.mayChange && <NewItem />}
    </div>
  )
  return (
    <nav className="wall-agenda" aria-label={t('meeting.agenda.title')}>
      {narrow && (
        <button type="button" className="wall-agenda-bar" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className="wall-agenda-at">{t('meeting.agenda.position', { at, count })}</span>
          <span className="wall-agenda-now">
            {current ? say(itemTitle(current, t)) : t('meeting.agenda.title')}
          </span>
          <ChevronDownIcon aria-hidden />
        </button>
      )}
      {(!narrow || open) && list}
      {!narrow && <KeyHints />}
    </nav>
  )
}
