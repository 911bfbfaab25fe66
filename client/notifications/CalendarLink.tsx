import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { queryClient } from '../api/queries.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { Field, FieldError } from '../ui/Field.tsx'

const key = ['calendar-link']

/** A link that calendar programs subscribe to. Its address is shown once, when it is made. */
export function CalendarLink() {
  const { t, i18n } = useTranslation()
  const link = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(endpoints.calendarLink, { signal }),
  }).data
  const [url, setUrl] = useState<string>()
  const [failed, setFailed] = useState<unknown>()

  const attempt = async (command: () => Promise<void>) => {
    setFailed(undefined)
    try {
      await command()
    } catch (error) {
      setFailed(error)
    }
  }
  const make = () =>
    attempt(async () => {
      const made = await call(endpoints.makeCalendarLink, {})
      setUrl(made.url)
      queryClient.setQueryData(key, { madeAt: made.madeAt })
    })
  const end = () =>
    attempt(async () => {
      await call(endpoints.endCalendarLink, {})
      setUrl(undefined)
      queryClient.setQueryData(key, { madeAt: null })
      announce(t('notifications.calendarEnded'))
    })
  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(url ?? '')
      announce(t('notifications.copied'))
    })

  return (
    <section className="notifications-calendar" aria-labelledby="calendar-link">
      <h3 id="calendar-link">{t('notifications.calendar')}</h3>
      <p className="field-hint">{t('notifications.calendarHint')}</p>
      {url && (
        <>
          <Field label={t('notifications.calendarUrl')} readOnly value={url} />
          <Button variant="secondary" size="sm" onClick={() => void copy()}>
            {t('notifications.copy')}
          </Button>
        </>
      )}
      {link && (
        <p className="notifications-save">
          <Button variant="secondary" size="sm" onClick={() => void make()}>
            {t(link.madeAt === null ? 'notifications.calendarMake' : 'notifications.calendarAgain')}
          </Button>
          {link.madeAt !== null && (
            <>
              <Button variant="tertiary" size="sm" onClick={() => void end()}>
                {t('notifications.calendarEnd')}
              </Button>
              <span className="quiet">
                {t('notifications.calendarMade', {
                  when: new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'nb-NO', {
                    dateStyle: 'long',
                  }).format(link.madeAt),
                })}
              </span>
            </>
          )}
        </p>
      )}
      {failed !== undefined && (
        <div role="alert">
          <FieldError>{t(errorKey(failed))}</FieldError>
        </div>
      )}
    </section>
  )
}
