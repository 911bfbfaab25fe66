import { ExclamationmarkTriangleIcon, XMarkIcon } from '@navikt/aksel-icons'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { trouble } from '../ui/trouble.ts'

/** One box over the foot of the view: what could not be done, and a way to put it away. */
export function TroubleNote() {
  const { t } = useTranslation()
  const text = useSyncExternalStore(trouble.subscribe, trouble.get)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another view it is about nothing any more
  useEffect(() => trouble.set(undefined), [pathname])
  if (text === undefined) return null
  return (
    <div className="trouble-place" role="alert">
      <div className="trouble-note">
        <ExclamationmarkTriangleIcon aria-hidden />
        <p>{text}</p>
        <button type="button" aria-label={t('shell.close')} onClick={() => trouble.set(undefined)}>
          <XMarkIcon aria-hidden />
        </button>
      </div>
    </div>
  )
}
