import { ArrowLeftIcon, ArrowRightIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import type { AgendaItemId } from '../../shared/ids.ts'
import type { AgendaItem } from '../../shared/meetings.ts'
import { Button } from '../ui/Button.tsx'
import { itemTitle } from './item-title.ts'
import { placeIn } from './order.ts'
import { useOnWall } from './wall-context.ts'

type Given = {
  item: AgendaItemId | undefined
  goTo: (item: AgendaItemId) => void
  /** From the last item the leader goes on to the end of the meeting. */
  onEnd: () => void
}

/** Back and on, each saying where it leads. */
export function WallNav({ item, goTo, onEnd }: Given) {
  const { t } = useTranslation()
  const { meeting, leads, say } = useOnWall()
  const titleOf = (one: AgendaItem) => say(itemTitle(one, t))
  const { at, count, previous, next } = placeIn(meeting.agenda, item)
  return (
    <footer className="wall-nav">
      {previous ? (
        <Button
          variant="secondary"
          icon={<ArrowLeftIcon aria-hidden />}
          aria-label={t('meeting.nav.previous', { title: titleOf(previous) })}
          onClick={() => goTo(previous.id)}
        >
          <span className="wall-nav-title">{titleOf(previous)}</span>
        </Button>
      ) : (
        <span />
      )}
      <p className="wall-nav-at">{count > 0 && t('meeting.agenda.position', { at, count })}</p>
      {next ? (
        <Button
          variant={leads ? 'primary' : 'secondary'}
          aria-label={t('meeting.nav.next', { title: titleOf(next) })}
          onClick={() => goTo(next.id)}
        >
          <span className="wall-nav-title">{titleOf(next)}</span>
          <ArrowRightIcon aria-hidden />
        </Button>
      ) : leads ? (
        <Button onClick={onEnd}>{t('meeting.end.finish')}</Button>
      ) : (
        <span />
      )}
    </footer>
  )
}
