import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { hasUnsent, saveStatus, useHasUnsent, useSaveStatus } from '../collab/save-status.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

const MOMENT = 600
const unsentNow = (): boolean => hasUnsent(saveStatus.get())

/** Whoever leaves while something is not stored is asked first, within Stafett and by the browser. */
export function LeavingWarning() {
  const { t } = useTranslation()
  const status = useSaveStatus()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && unsentNow(),
  )
  const blocked = blocker.state === 'blocked'
  const safe = !useHasUnsent(status)
  const [asking, setAsking] = useState(false)

  // Most of what is under way arrives within a moment, and then there is nothing to ask.
  useEffect(() => {
    if (!blocked) return
    const timer = setTimeout(() => setAsking(true), MOMENT)
    return () => {
      clearTimeout(timer)
      setAsking(false)
    }
  }, [blocked])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (unsentNow()) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])

  // What was under way arrived while the question stood there: no reason to ask any more.
  useEffect(() => {
    if (blocked && safe) blocker.proceed()
  }, [blocked, safe, blocker])

  const count = 'lines' in status ? Math.max(1, status.lines) : 1
  return (
    <Dialog
      title={t('caseLog.leave.title')}
      open={asking && blocked && !safe}
      onClose={() => blocker.state === 'blocked' && blocker.reset()}
    >
      <p>{t('caseLog.leave.text', { count })}</p>
      <div className="notice-actions">
        <Button onClick={() => blocker.reset?.()}>{t('caseLog.leave.stay')}</Button>
        <Button variant="secondary" onClick={() => blocker.proceed?.()}>
          {t('caseLog.leave.go')}
        </Button>
      </div>
    </Dialog>
  )
}
