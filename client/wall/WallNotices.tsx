import { CloudSlashIcon, ExclamationmarkTriangleIcon } from '@navikt/aksel-icons'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { errorKey } from '../api/call.ts'
import { useOnline } from '../api/online.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { firstName } from '../ui/names.ts'
import { itemTitle } from './item-title.ts'
import type { Place } from './use-place.ts'
import { useOnWall } from './wall-context.ts'

/** What stands between this screen and the meeting: looking elsewhere, no network, something that did not come through. */
export function WallNotices({ place, keeps }: { place: Place; keeps: boolean }) {
  const { t } = useTranslation()
  const { meeting, leads, commands, say } = useOnWall()
  const online = useOnline()
  const leader = firstName(meeting.leader.name)
  useSaid(meeting.leader.person, t('meeting.lead.now', { name: leader }))
  const now = meeting.agenda.find(({ id }) => id === meeting.live?.item)
  const title = now && itemTitle(now, t)
  useSaid(leads ? undefined : title, t('meeting.nav.at', { title: say(title ?? '') }))
  return (
    <>
      {!online && (
        <div className="notice" role="status">
          <CloudSlashIcon aria-hidden />
          <p>
            {t('meeting.offline')} {place.unsent && t('meeting.unsent')}
          </p>
        </div>
      )}
      {keeps && (
        <div className="notice" role="status">
          <p>{t('meeting.keeps')}</p>
        </div>
      )}
      {place.elsewhere && (
        <div className="notice wall-elsewhere" role="status">
          <p>{t('meeting.elsewhere')}</p>
          <Button size="sm" onClick={place.goBack}>
            {t('meeting.back')}
          </Button>
        </div>
      )}
      {online && commands.trouble && !place.unsent && (
        <div className="notice" data-tone="error" role="alert">
          <ExclamationmarkTriangleIcon aria-hidden />
          <p>
            {t('meeting.notThrough')} {t(errorKey(commands.trouble))}
          </p>
          <Button size="sm" variant="secondary" onClick={commands.forget}>
            {t('shell.close')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Tells screen readers of a change, not of how it was when they came. */
function useSaid(value: string | undefined, sentence: string) {
  const before = useRef(value)
  useEffect(() => {
    if (before.current !== value && value !== undefined) announce(sentence)
    before.current = value
  }, [value, sentence])
}
