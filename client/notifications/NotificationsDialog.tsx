import './notifications.css'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailChoice } from '../../shared/notifications.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { queryClient } from '../api/queries.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field, FieldError } from '../ui/Field.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { CalendarLink } from './CalendarLink.tsx'

const key = ['notifications']
type Settings = { email: string; mail: MailChoice; available: boolean }

/** Whether and where to be told that something waits, and the calendar link. */
// biome-ignore lint/style/noDefaultExport: loaded when somebody opens it
export default function NotificationsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const settings = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(endpoints.notifications, { signal }),
  })
  return (
    <Dialog title={t('notifications.title')} open onClose={onClose}>
      <div className="notifications">
        {settings.data ? (
          <MailForm settings={settings.data} />
        ) : settings.isError ? (
          <p role="alert">{t(errorKey(settings.error))}</p>
        ) : (
          <Skeleton width="100%" height="9rem" />
        )}
        <CalendarLink />
      </div>
    </Dialog>
  )
}

function MailForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const [email, setEmail] = useState(settings.email)
  const [mail, setMail] = useState<MailChoice>(settings.mail)
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const [failed, setFailed] = useState<unknown>()
  const [missing, setMissing] = useState(false)
  const change = (act: () => void) => {
    act()
    setSaved(false)
    setMissing(false)
  }

  const send = async (event: FormEvent) => {
    event.preventDefault()
    const address = email.trim()
    const wrong = mail !== 'off' && !/^\S+@\S+\.\S+$/.test(address)
    setMissing(wrong)
    if (wrong || busy) return
    setBusy(true)
    setFailed(undefined)
    try {
      const answer = await call(endpoints.chooseNotifications, { body: { email: address, mail } })
      queryClient.setQueryData(key, answer)
      setSaved(true)
      announce(t('notifications.saved'))
    } catch (error) {
      setFailed(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className="notifications-mail" noValidate onSubmit={(event) => void send(event)}>
      <Segments
        legend={t('notifications.mail')}
        legendSeen
        value={mail}
        onChange={(value) => change(() => setMail(value))}
        options={choices.map((value) => ({ value, label: t(`notifications.choice.${value}`) }))}
      />
      <p className="field-hint">{t('notifications.mailHint')}</p>
      {!settings.available && <p className="notice">{t('notifications.unavailable')}</p>}
      <Field
        label={t('notifications.email')}
        type="email"
        autoComplete="email"
        maxLength={200}
        error={missing ? t('notifications.emailMissing') : undefined}
        value={email}
        onChange={({ target }) => change(() => setEmail(target.value))}
      />
      {failed !== undefined && (
        <div role="alert">
          <FieldError>
            {t('notifications.notSaved')} {t(errorKey(failed))}
          </FieldError>
        </div>
      )}
      <p className="notifications-save">
        <Button type="submit" size="sm" aria-disabled={busy}>
          {t('notifications.save')}
        </Button>
        {saved && <span className="quiet">{t('notifications.saved')}</span>}
      </p>
    </form>
  )
}

const choices: readonly MailChoice[] = ['atOnce', 'daily', 'off']
