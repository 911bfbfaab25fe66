import { ArrowLeftIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Meeting } from '../../shared/meetings.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useServices } from '../api/queries.ts'
import { useCaseName, useNamesHidden } from '../cases/hidden-names.ts'
import { Button } from '../ui/Button.tsx'
import { Face } from '../ui/Face.tsx'
import { FieldError } from '../ui/Field.tsx'
import { firstName } from '../ui/names.ts'
import { useCommands } from './commands.ts'
import { hideNames } from './hidden-words.ts'
import { itemTitle } from './item-title.ts'
import { NewItemFor } from './NewItem.tsx'
import { meetingTime } from './next-time.ts'
import { byCase } from './order.ts'

/** Before the meeting: when and where, who comes, what is on the agenda, and the way in. Nothing needs preparing. */
export function Lobby({ meeting }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation()
  const nameOf = useCaseName()
  const commands = useCommands()
  const [starting, setStarting] = useState(false)
  const [only] = meeting.kind === 'case' ? meeting.cases : []
  const back = only ? `/logg/${only.id}` : '/'
  const start = async () => {
    setStarting(true)
    await commands.run(() => call(endpoints.startMeeting, { params: { id: meeting.id } }))
    setStarting(false)
  }
  const when =
    meeting.startsAt === null ? t('meeting.lobby.noTime') : meetingTime(meeting.startsAt, i18n.language)
  return (
    <div className="lobby">
      <header className="lobby-head">
        <Link className="case-back" to={back} aria-label={t(only ? 'meeting.toLog' : 'shell.home')}>
          <ArrowLeftIcon aria-hidden />
        </Link>
        <div>
          <h1>{only ? nameOf(only.id, only.name) : meeting.title}</h1>
          <p className="lobby-about">
            {only && `${meeting.title} · `}
            {when}
            {meeting.place !== '' && ` · ${meeting.place}`}
          </p>
        </div>
      </header>
      <div className="lobby-start">
        {meeting.mayLead ? (
          <>
            <Button disabled={starting} onClick={() => void start()}>
              {t('meeting.lobby.start')}
            </Button>
            <p className="quiet">{t('meeting.lobby.youLead')}</p>
          </>
        ) : (
          <p role="status">{t('meeting.lobby.wait', { name: firstName(meeting.leader.name) })}</p>
        )}
        {meeting.link !== '' && (
          <a href={meeting.link} target="_blank" rel="noreferrer">
            {t('meeting.lobby.link')}
          </a>
        )}
        <span role="alert">
          {commands.trouble && <FieldError>{t(errorKey(commands.trouble))}</FieldError>}
        </span>
      </div>
      <div className="lobby-columns">
        <LobbyAgenda meeting={meeting} commands={commands} />
        <LobbyPeople meeting={meeting} />
      </div>
    </div>
  )
}

function LobbyAgenda({ meeting, commands }: { meeting: Meeting; commands: ReturnType<typeof useCommands> }) {
  const { t } = useTranslation()
  const nameOf = useCaseName()
  const [hidden] = useNamesHidden()
  const [first] = meeting.cases
  const names = hidden ? meeting.cases.map(({ name }) => name) : []
  const hide = (text: string) => hideNames(text, names)
  return (
    <section>
      <h2>{t('meeting.agenda.title')}</h2>
      {meeting.agenda.length === 0 && <p className="quiet">{t('meeting.lobby.emptyAgenda')}</p>}
      {byCase(meeting.agenda).map((group) => {
        const of = meeting.cases.find(({ id }) => id === group.case)
        return (
          <div key={group.items[0]?.id}>
            {meeting.kind === 'team' && of && <h3>{nameOf(of.id, of.name)}</h3>}
            <ul className="plain lobby-list">
              {group.items.map((item) => (
                <li key={item.id}>
                  <span>{hide(itemTitle(item, t))}</span>
                  <span className="quiet">
                    {t('meeting.agenda.minutes', { count: item.minutes })}
                    {item.person && ` · ${t('meeting.agenda.from', { name: firstName(item.person.name) })}`}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
      {meeting.mayChange && first && <NewItemFor meeting={meeting} commands={commands} caseId={first.id} />}
    </section>
  )
}

function LobbyPeople({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const services = useServices()
  return (
    <section>
      <h2>{t('meeting.lobby.who')}</h2>
      <ul className="plain lobby-list">
        {meeting.people
          .filter(({ leftOut }) => leftOut === null)
          .map((person) => (
            <li key={person.person} className="lobby-person">
              <Face name={person.name} service={person.service} size={36} />
              <span>
                <b>{person.name}</b>{' '}
                <span className="quiet">{services.find(({ id }) => id === person.service)?.shortName}</span>
              </span>
              <span className="quiet">{t(`meeting.lobby.answer.${person.answer ?? 'none'}`)}</span>
            </li>
          ))}
      </ul>
    </section>
  )
}
