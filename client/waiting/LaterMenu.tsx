import { ClockIcon } from '@navikt/aksel-icons'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PutOff, WaitingItem } from '../../shared/waiting.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import { respond } from './responses.ts'
import { dayAndTime, dayFromNow } from './when.ts'

/** «Ta det senere»: tomorrow, at the log's next meeting, or on a day. Always with a way back. */
export function LaterMenu({ item }: { item: WaitingItem }) {
  const { t, i18n } = useTranslation()
  const [picking, setPicking] = useState(false)
  const { key, nextMeeting } = item
  const putOff = (until: PutOff) =>
    respond(item, {
      outcome: 'later',
      run: () => call(endpoints.putOff, { params: { key }, body: { until } }),
      undo: () => call(endpoints.takeUp, { params: { key } }),
    })
  return (
    <>
      <Menu
        label={t('waiting.later')}
        className="waiting-later"
        button={
          <>
            <ClockIcon aria-hidden />
            <span className="waiting-later-word">{t('waiting.later')}</span>
          </>
        }
      >
        <MenuItem onSelect={() => putOff('tomorrow')}>{t('waiting.tomorrow')}</MenuItem>
        {nextMeeting !== null && (
          <MenuItem onSelect={() => putOff('nextMeeting')}>
            {t('waiting.nextMeeting', { when: dayAndTime(nextMeeting, i18n.language) })}
          </MenuItem>
        )}
        <MenuItem onSelect={() => setPicking(true)}>{t('waiting.pickDay')}</MenuItem>
      </Menu>
      <Dialog title={t('waiting.when')} open={picking} onClose={() => setPicking(false)}>
        <DayForm
          onPick={(day) => {
            setPicking(false)
            putOff(day)
          }}
        />
      </Dialog>
    </>
  )
}

function DayForm({ onPick }: { onPick: (day: string) => void }) {
  const { t } = useTranslation()
  const [day, setDay] = useState(dayFromNow(7))
  const [wrong, setWrong] = useState(false)
  const pick = (event: FormEvent) => {
    event.preventDefault()
    if (day < dayFromNow(1) || day > dayFromNow(365)) setWrong(true)
    else onPick(day)
  }
  return (
    <form className="waiting-day" noValidate onSubmit={pick}>
      <Field
        type="date"
        label={t('waiting.day')}
        min={dayFromNow(1)}
        max={dayFromNow(365)}
        value={day}
        error={wrong ? t('waiting.dayAhead') : undefined}
        onChange={({ target }) => {
          setDay(target.value)
          setWrong(false)
        }}
      />
      <Button type="submit">{t('waiting.putAway')}</Button>
    </form>
  )
}
