import './next-meeting.css'
import { ArrowRightIcon, PlusIcon, XMarkIcon } from '@navikt/aksel-icons'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { can } from '../../shared/capabilities.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import type { AgendaItemId } from '../../shared/ids.ts'
import type { AgendaItem } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { newId } from '../api/ids.ts'
import { useMe } from '../api/queries.ts'
import { Button } from '../ui/Button.tsx'
import { Face } from '../ui/Face.tsx'
import { itemTitle } from '../wall/item-title.ts'
import { CallMeeting } from './CallMeeting.tsx'
import { Failed } from './Failed.tsx'
import { noteAgenda, useCaseAgenda } from './queries.ts'
import { useRun } from './run.ts'
import { meetingWhen } from './when.ts'

/** Beside the log: its next meeting, who arranges it, and what is on the agenda. */
export function NextMeeting({ detail }: { detail: CaseDetail }) {
  const { t, i18n } = useTranslation()
  const agenda = useCaseAgenda(detail.id)
  const [calling, setCalling] = useState(false)
  const mayChange = can(detail.role, 'agenda.change')
  const { next, running, last, since, items = [] } = agenda.data ?? {}
  const meeting = running ?? next
  return (
    <aside className="next-meeting" aria-labelledby="next-meeting">
      <header>
        <h2 id="next-meeting">{t('meetings.next')}</h2>
        {meeting && (
          <Link className="next-open" to={`/mote/${meeting.id}`}>
            {t('meetings.open')} <ArrowRightIcon aria-hidden />
          </Link>
        )}
      </header>
      {agenda.isError && !agenda.data && <p className="quiet">{t('meetings.failed')}</p>}
      {meeting && (
        <div>
          <p className="next-when">
            {meeting.startsAt === null
              ? t('meetings.timesAsked')
              : meetingWhen(meeting.startsAt, i18n.language)}
          </p>
          <p className="next-where">
            {[meeting.title, meeting.place, t('meetings.arranges', { name: meeting.organiser.name })]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
      )}
      {agenda.data && !meeting && (
        <div className="next-none">
          <p className="quiet">{t('meetings.none')}</p>
          {mayChange && (
            <Button
              variant="secondary"
              size="sm"
              icon={<PlusIcon aria-hidden />}
              onClick={() => setCalling(true)}
            >
              {t('meetings.call')}
            </Button>
          )}
        </div>
      )}
      {items.length > 0 && <AgendaList detail={detail} items={items} />}
      {mayChange && agenda.data && <AddToAgenda detail={detail} />}
      {last && (
        <p className="next-last">
          <Link to={`/mote/${last.id}/referat`}>
            {t('meetings.lastMinutes', {
              when: meetingWhen(last.startsAt ?? last.endedAt ?? 0, i18n.language),
            })}
          </Link>
          {typeof since === 'number' && (
            <>
              {' · '}
              <Link to={`/logg/${detail.id}/historikk?since=${since}`}>{t('meetings.sinceLast')}</Link>
            </>
          )}
        </p>
      )}
      {calling && <CallMeeting cases={[detail.id]} onClose={() => setCalling(false)} />}
    </aside>
  )
}

function AgendaList({ detail, items }: { detail: CaseDetail; items: readonly AgendaItem[] }) {
  const { t } = useTranslation()
  const me = useMe()
  const { run, failed } = useRun()
  const takeOff = (item: AgendaItemId) =>
    run(async () => {
      await call(endpoints.takeOffAgenda, { params: { id: detail.id, item } })
      noteAgenda(detail.id)
    }, t('meetings.takenOff'))
  return (
    <>
      <ol className="plain next-agenda" aria-label={t('meetings.agenda')}>
        {items.map((item, at) => (
          <li key={item.id}>
            <span className="next-number" aria-hidden="true">
              {at + 1}
            </span>
            <span className="next-title">
              {itemTitle(item, t)}
              {item.carried && <span className="quiet"> · {t('meetings.carried')}</span>}
            </span>
            {item.person && <Face name={item.person.name} service={item.person.service} size={26} />}
            {item.person?.person === me.id && item.status === 'open' && (
              <Button
                variant="tertiary"
                size="sm"
                className="next-off"
                aria-label={t('meetings.takeOff', { title: itemTitle(item, t) })}
                icon={<XMarkIcon aria-hidden />}
                onClick={() => void takeOff(item.id)}
              />
            )}
          </li>
        ))}
      </ol>
      <Failed error={failed} what={t('meetings.notChanged')} />
    </>
  )
}

function AddToAgenda({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation()
  const [title, setTitle] = useState('')
  const [id, setId] = useState(() => newId<AgendaItemId>())
  const { run, busy, failed } = useRun()
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const words = title.trim()
    if (words === '') return
    const put = () => call(endpoints.putOnAgenda, { params: { id: detail.id }, body: { id, title: words } })
    if (!(await run(put, t('meetings.isOnAgenda', { name: words })))) return
    setTitle('')
    setId(newId<AgendaItemId>())
    noteAgenda(detail.id)
  }
  return (
    <form className="next-add" onSubmit={(event) => void add(event)}>
      <input
        className="ds-input"
        aria-label={t('meetings.add')}
        placeholder={t('meetings.add')}
        maxLength={200}
        autoComplete="off"
        value={title}
        onChange={({ target }) => setTitle(target.value)}
      />
      <Button
        type="submit"
        variant="secondary"
        aria-disabled={busy}
        aria-label={t('meetings.put')}
        icon={<PlusIcon aria-hidden />}
      />
      <Failed error={failed} what={t('meetings.notPut')} />
    </form>
  )
}
