import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { FieldError } from '../ui/Field.tsx'
import { Agreed, AgreedInEach } from './Agreed.tsx'
import { itemTitle } from './item-title.ts'
import { NextDate } from './NextDate.tsx'
import { meetingTime } from './next-time.ts'
import { useOnWall } from './wall-context.ts'

/** Before the meeting ends: what was agreed, what was not reached, and when to meet next. */
export function EndDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const { meeting, commands, next, say } = useOnWall()
  const [ending, setEnding] = useState(false)
  // Where the meeting stands has been dealt with; these two belong to every meeting.
  const left = meeting.agenda.filter(
    ({ id, status, kind }) =>
      status === 'open' && id !== meeting.live?.item && kind !== 'since' && kind !== 'nextDate',
  )
  const end = async () => {
    setEnding(true)
    const body = { next: next ?? null }
    await commands.run(() => call(endpoints.endMeeting, { params: { id: meeting.id }, body }))
    setEnding(false)
  }
  return (
    <Dialog title={t('meeting.end.title')} open onClose={onClose}>
      <div className="wall-end">
        {meeting.cases.length > 1 ? <AgreedInEach /> : <Agreed />}
        {left.length > 0 && (
          <section>
            <h3>{t('meeting.end.left')}</h3>
            <p className="quiet">
              {t(next === undefined ? 'meeting.end.leftWaits' : 'meeting.end.leftMoves')}
            </p>
            <ul>
              {left.map((item) => (
                <li key={item.id}>{say(itemTitle(item, t))}</li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h3>{t('meeting.next.title')}</h3>
          <NextDate />
        </section>
        <span role="alert">
          {commands.trouble && <FieldError>{t(errorKey(commands.trouble))}</FieldError>}
        </span>
        <div className="notice-actions">
          <Button disabled={ending} onClick={() => void end()}>
            {next === undefined
              ? t('meeting.end.withoutNext')
              : t('meeting.end.withNext', { when: meetingTime(next, i18n.language) })}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('meeting.end.goOn')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
