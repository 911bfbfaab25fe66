import { CalendarIcon, QuestionmarkCircleIcon, TasklistIcon } from '@navikt/aksel-icons'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Became as Thing } from '../../shared/comments.ts'
import { BlockId, type CaseId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useServices } from '../api/queries.ts'
import { bylineWhen, lastWrote } from '../case-log/when.ts'
import { firstName } from '../ui/names.ts'
import type { Card } from './cards.ts'
import { showBlock } from './show.ts'
import { useComments } from './use-comments.ts'

/** What a thread became, by whom, and the way to it. */
export function Became({ card, became }: { card: Card; became: readonly Thing[] }) {
  if (became.length === 0) return null
  return (
    <ul className="plain became">
      {became.map((thing) => (
        <li key={`${thing.kind} ${thing.ref}`}>
          {thing.kind === 'measure' && <Measure thing={thing} />}
          {thing.kind === 'agenda' && <Agenda thing={thing} />}
          {thing.kind === 'question' && <Question card={card} thing={thing} />}
        </li>
      ))}
    </ul>
  )
}

function Row({
  icon,
  thing,
  words,
  children,
}: {
  icon: ReactNode
  thing: Thing
  words: string
  children?: ReactNode
}) {
  const { t, i18n } = useTranslation()
  const by = t('comments.becameBy', {
    name: firstName(thing.by.name),
    when: bylineWhen(thing.at, i18n.language, t),
  })
  return (
    <>
      {icon}
      <span title={by}>
        {words} {children}
        <span className="unseen">{by}</span>
      </span>
    </>
  )
}

function Measure({ thing }: { thing: Thing }) {
  const { t } = useTranslation()
  const { editor } = useComments()
  const block = BlockId.safeParse(thing.ref).data
  return (
    <Row icon={<TasklistIcon aria-hidden />} thing={thing} words={t('comments.becameMeasure')}>
      {block && (
        <button type="button" className="link-button" onClick={() => editor && showBlock(editor, block)}>
          {t('comments.showMeasure')}
        </button>
      )}
    </Row>
  )
}

/** What else there is to know of it: the log's next meeting, and questions that wait. Asked once for all cards. */
const useAgenda = (id: CaseId) =>
  useQuery({
    queryKey: ['threads', id, 'agenda'],
    queryFn: ({ signal }) => call(endpoints.caseAgenda, { params: { id }, signal }),
  }).data

function Agenda({ thing }: { thing: Thing }) {
  const { t, i18n } = useTranslation()
  const { detail } = useComments()
  const agenda = useAgenda(detail.id)
  const waits = agenda?.items.some(({ id }) => id === thing.ref)
  const meeting = waits ? (agenda?.next ?? agenda?.running) : undefined
  return (
    <Row icon={<CalendarIcon aria-hidden />} thing={thing} words={t('comments.becameAgenda')}>
      {meeting && (
        <Link to={`/mote/${meeting.id}`}>
          {t('comments.showMeeting', {
            date: meeting.startsAt ? lastWrote(meeting.startsAt, i18n.language, t) : '',
          })}
        </Link>
      )}
      {waits && !meeting && <span className="quiet">· {t('comments.waitsForMeeting')}</span>}
    </Row>
  )
}

function Question({ card, thing }: { card: Card; thing: Thing }) {
  const { t } = useTranslation()
  const services = useServices()
  const service = services.find(({ id }) => id === thing.service)
  // The answer is a reply in the thread, by somebody of that service.
  const answer = card.said.find(({ by, at }) => by.service === thing.service && at >= thing.at)
  return (
    <Row
      icon={<QuestionmarkCircleIcon aria-hidden />}
      thing={thing}
      words={t('comments.becameQuestion', { service: service?.shortName ?? '' })}
    >
      <span className="quiet">
        ·{' '}
        {answer
          ? t('comments.becameAnswered', { name: firstName(answer.by.name) })
          : t('comments.waitsForAnswer')}
      </span>
    </Row>
  )
}
