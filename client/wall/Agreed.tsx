import { useTranslation } from 'react-i18next'
import type { ServiceId } from '../../shared/ids.ts'
import { errorKey } from '../api/call.ts'
import { shortName } from '../blocks/Responsible.tsx'
import { day } from '../blocks/when.ts'
import { Button } from '../ui/Button.tsx'
import { FieldError } from '../ui/Field.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Tile } from '../ui/Tile.tsx'
import { toDo } from './NextItem.tsx'
import { useSoFar } from './queries.ts'
import { useOutlineOnWall } from './use-outline.ts'
import { useLogOnWall, useOnWall } from './wall-context.ts'

type Decided = { id: string; text: string }
type ToDo = { id: string; text: string; service: ServiceId | null; who: string; due: string | null }

/** Decisions of this meeting about its one log, and what is to be done, by whom and by when. */
export function Agreed() {
  const { t } = useTranslation()
  const { meeting } = useOnWall()
  const { detail } = useLogOnWall()
  const outline = useOutlineOnWall()
  const start = meeting.live?.startedAt ?? 0
  const decided = outline.decisions.filter(({ at }) => at !== null && Date.parse(at) >= start)
  const measures = toDo([...outline.goals.flatMap((goal) => goal.measures), ...outline.looseMeasures])
  const who = (person: string | null): string => {
    if (person === 'home') return t('blocks.home')
    const member = detail.members.find((one) => one.person === person)
    return member ? shortName(member.name) : t('blocks.noOne')
  }
  return (
    <>
      {decided.length > 0 && (
        <section>
          <h3>{t('meeting.end.decided')}</h3>
          <Decisions decided={decided} />
        </section>
      )}
      <section>
        <h3>{t('meeting.end.agreed')}</h3>
        {measures.length === 0 && <p className="quiet">{t('meeting.next.nothing')}</p>}
        <WhoDoesWhat measures={measures.map((one) => ({ ...one, who: who(one.person) }))} />
      </section>
    </>
  )
}

/** What the meeting has decided and changed about each of its logs: only one of them is open on this screen. */
export function AgreedInEach() {
  const { t } = useTranslation()
  const { meeting, say } = useOnWall()
  const { data, isError, error, refetch } = useSoFar(meeting.id)
  if (isError)
    return (
      <div className="wall-end-failed">
        <span role="alert">
          <FieldError>{t(errorKey(error))}</FieldError>
        </span>
        <Button variant="secondary" onClick={() => void refetch()}>
          {t('shell.retry')}
        </Button>
      </div>
    )
  if (!data)
    return (
      <section aria-busy="true">
        {meeting.cases.map(({ id, name }) => (
          <div key={id}>
            <h3>{say(name)}</h3>
            <Skeleton width="80%" height="1.5rem" />
          </div>
        ))}
      </section>
    )
  return data.map(({ case: id, name, decisions, agreed }) => (
    <section key={id}>
      <h3>{say(name)}</h3>
      {decisions.length + agreed.length === 0 && <p className="quiet">{t('meeting.end.nothingNew')}</p>}
      <Decisions decided={decisions.map(({ block, text }) => ({ id: block, text }))} />
      <WhoDoesWhat
        measures={agreed.map(({ block, who, ...one }) => ({
          ...one,
          id: block,
          who: shortName(who),
        }))}
      />
    </section>
  ))
}

function Decisions({ decided }: { decided: readonly Decided[] }) {
  const { say } = useOnWall()
  if (decided.length === 0) return null
  return (
    <ul>
      {decided.map(({ id, text }) => (
        <li key={id}>{say(text)}</li>
      ))}
    </ul>
  )
}

function WhoDoesWhat({ measures }: { measures: readonly ToDo[] }) {
  const { t, i18n } = useTranslation()
  const { say } = useOnWall()
  return (
    <ul className="plain wall-end-list">
      {measures.map(({ id, text, service, who, due }) => (
        <li key={id}>
          {service && <Tile service={service} size={24} named />}
          <span>{say(text)}</span>
          <span className="quiet">
            {[who, due && t('blocks.until', { date: day(due, i18n.language) })].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
