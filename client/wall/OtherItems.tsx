import { useTranslation } from 'react-i18next'
import type { CaseId, ThreadId } from '../../shared/ids.ts'
import type { AgendaItem } from '../../shared/meetings.ts'
import { StatusShape } from '../blocks/StatusShape.tsx'
import { concernShapes } from '../blocks/shapes.ts'
import { bylineWhen } from '../case-log/when.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Tile } from '../ui/Tile.tsx'
import { Measures } from './Measures.tsx'
import { useQuestions, useThread } from './queries.ts'
import { useOutlineOnWall } from './use-outline.ts'
import { useOnWall } from './wall-context.ts'

/** Comments on a piece of the log: what they speak of, and what was said. */
export function ThreadItem({ item }: { item: AgendaItem }) {
  return item.thread ? <Thread caseId={item.case} id={item.thread} /> : null
}

function Thread({ caseId, id }: { caseId: CaseId; id: ThreadId }) {
  const { t, i18n } = useTranslation()
  const { say } = useOnWall()
  const thread = useThread(caseId, id)
  if (thread.isPending) return <Skeleton width="80%" height="6rem" />
  if (!thread.data) return <p className="wall-words">{t('meeting.thread.failed')}</p>
  const { anchor, comments } = thread.data
  return (
    <div className="wall-thread">
      {anchor.quote !== '' && <blockquote>{say(anchor.quote)}</blockquote>}
      <ul className="plain">
        {comments
          .filter(({ deleted }) => !deleted)
          .map((comment) => (
            <li key={comment.id} className="wall-since-row">
              <Tile service={comment.by.service} size={44} named />
              <div>
                <p className="quiet">
                  <b>{comment.by.name}</b> · {bylineWhen(comment.at, i18n.language, t)}
                </p>
                <p className="wall-words">{say(comment.text)}</p>
              </div>
            </li>
          ))}
      </ul>
    </div>
  )
}

/** A concern as it stands in the log. */
export function ConcernItem({ item }: { item: AgendaItem }) {
  const { t } = useTranslation()
  const { say } = useOnWall()
  const outline = useOutlineOnWall()
  const concern = outline.concerns.find(({ id }) => id === item.block)
  if (!concern) return <p className="wall-words">{t('meeting.goal.gone')}</p>
  return (
    <div className="wall-concern">
      {concern.service && <Tile service={concern.service} size={44} named />}
      <p className="wall-words">{say(concern.text)}</p>
      <p className="wall-status">
        <StatusShape shape={concernShapes[concern.status]} /> {t(`blocks.concernStatus.${concern.status}`)}
      </p>
    </div>
  )
}

/** One measure, with the goal that it serves. */
export function MeasureItem({ item }: { item: AgendaItem }) {
  const { t } = useTranslation()
  const { say } = useOnWall()
  const outline = useOutlineOnWall()
  const goal = outline.goals.find(({ measures }) => measures.some(({ id }) => id === item.block))
  const measure = [...(goal?.measures ?? []), ...outline.looseMeasures].find(({ id }) => id === item.block)
  if (!measure) return <p className="wall-words">{t('meeting.goal.gone')}</p>
  return (
    <div className="wall-measure-list">
      {goal && (
        <p className="wall-words quiet">
          {t('blocks.goalNumber', { number: goal.number })}: {say(goal.title)}
        </p>
      )}
      <Measures measures={[measure]} />
    </div>
  )
}

/** Questions in the log that wait for an answer. */
export function QuestionItem({ item }: { item: AgendaItem }) {
  const { t, i18n } = useTranslation()
  const { say } = useOnWall()
  const questions = useQuestions(item.case)
  const all = questions.data?.filter(({ answer }) => answer === null) ?? []
  const meant = all.filter(({ text }) => text === item.title)
  const open = meant.length > 0 ? meant : all
  if (item.thread) return <Thread caseId={item.case} id={item.thread} />
  return (
    <ul className="plain wall-thread">
      {open.map((question) => (
        <li key={question.id} className="wall-since-row">
          <Tile service={question.service} size={44} named />
          <div>
            <p className="quiet">
              <b>{question.by.name}</b> · {bylineWhen(question.at, i18n.language, t)}
            </p>
            <p className="wall-words">{say(question.text) || t('meeting.question.bare')}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
