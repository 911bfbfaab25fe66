import { CloudSlashIcon } from '@navikt/aksel-icons'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useOnline } from '../api/online.ts'
import { useSaveStatus } from '../collab/save-status.ts'
import { announce } from '../ui/announce.ts'

/** One line under the app bar while there is no network, since the rows below may be old. */
export function ConnectionNote() {
  const { t } = useTranslation()
  const online = useOnline()
  const inLog = useSaveStatus().kind !== 'none'
  const was = useRef(online)
  useEffect(() => {
    if (was.current !== online && !inLog) announce(t(online ? 'shell.backOnline' : 'shell.offline'))
    was.current = online
  }, [online, inLog, t])
  // An open log says it in its own place, and its text shall not jump.
  if (online || inLog) return null
  return (
    <p className="connection-note">
      <CloudSlashIcon aria-hidden /> {t('shell.offline')}
    </p>
  )
}
