import { useTranslation } from 'react-i18next'
import { drawId } from '../../shared/draw-id.ts'
import type { BlockId } from '../../shared/ids.ts'
import type { WaitingItem } from '../../shared/waiting.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { newId } from '../api/ids.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { drafts } from './drafts.ts'
import { LineAnswer } from './LineAnswer.tsx'
import { ProposedTimes } from './ProposedTimes.tsx'
import { type Outcome, respond } from './responses.ts'
import { StepAnswer } from './StepAnswer.tsx'

const answers = ['yes', 'maybe', 'no'] as const
const answerWords = { yes: 'waiting.come', maybe: 'waiting.maybe', no: 'waiting.cannot' } as const

/** How each kind of thing is answered where it stands. */
export function CardBody({ item }: { item: WaitingItem }) {
  const { t } = useTranslation()
  const send = (outcome: Outcome, run: () => Promise<unknown>, undo?: () => Promise<unknown>) => {
    respond(item, { outcome, run, ...(undo ? { undo } : {}) })
    drafts.delete(item.key)
  }
  const seen = (
    <Button
      variant="secondary"
      size="sm"
      onClick={() => {
        const params = { key: item.key }
        send(
          'seen',
          () => call(endpoints.waitingDone, { params }),
          () => call(endpoints.takeUp, { params }),
        )
      }}
    >
      {t('waiting.seen')}
    </Button>
  )
  if (item.kind === 'minutes')
    return (
      <div className="waiting-choices">
        <ButtonLink size="sm" to={`/mote/${item.meeting}`}>
          {t('waiting.readMinutes')}
        </ButtonLink>
        {seen}
      </div>
    )
  if (item.kind === 'meeting') {
    const params = { id: item.meeting }
    if (item.startsAt === null)
      return (
        <ProposedTimes
          meeting={item.meeting}
          onAnswer={(times) => send('sent', () => call(endpoints.answerMeeting, { params, body: { times } }))}
        />
      )
    return (
      <fieldset className="waiting-choices">
        <legend className="unseen">{t('waiting.coming')}</legend>
        {answers.map((answer) => (
          <Button
            key={answer}
            variant={answer === 'yes' ? 'primary' : 'secondary'}
            size="sm"
            onClick={() => send('sent', () => call(endpoints.answerMeeting, { params, body: { answer } }))}
          >
            {t(answerWords[answer])}
          </Button>
        ))}
      </fieldset>
    )
  }
  const id = item.case?.id
  if (id === undefined) return null

  switch (item.kind) {
    case 'question':
      return (
        <LineAnswer
          draft={item.key}
          quick={item.text !== ''}
          onShare={(text) => {
            const body = { line: drawId(), text }
            send('shared', () =>
              call(endpoints.answerQuestion, { params: { id, question: item.question }, body }),
            )
          }}
        />
      )
    case 'mention':
      return (
        <>
          <LineAnswer
            draft={item.key}
            onShare={(text) => {
              const body = { id: drawId(), text }
              send('shared', () => call(endpoints.reply, { params: { id, thread: item.thread }, body }))
            }}
          />
          <div className="waiting-choices">{seen}</div>
        </>
      )
    case 'answer':
      return <div className="waiting-choices">{seen}</div>
    case 'handover': {
      const params = { id, handover: item.handover }
      const decide = (status: 'accepted' | 'declined') =>
        send(status, () => call(endpoints.decideHandover, { params, body: { status } }))
      return (
        <>
          <p className="waiting-note">{t('cases.become')}</p>
          <div className="waiting-choices">
            <Button size="sm" onClick={() => decide('accepted')}>
              {t('waiting.accept')}
            </Button>
            <Button variant="secondary" size="sm" onClick={() => decide('declined')}>
              {t('waiting.decline')}
            </Button>
          </div>
        </>
      )
    }
    case 'measure': {
      const set = (status: typeof item.status) =>
        call(endpoints.setMeasureStatus, { params: { id, measure: item.block }, body: { status } })
      return (
        <fieldset className="waiting-choices">
          <legend className="unseen">{t('waiting.howIsIt')}</legend>
          {(['done', 'underway', 'paused', 'stopped'] as const)
            .filter((status) => status !== item.status)
            .map((status) => (
              <Button
                key={status}
                variant={status === 'done' ? 'primary' : 'secondary'}
                size="sm"
                onClick={() =>
                  send(
                    'status',
                    () => set(status),
                    () => set(item.status),
                  )
                }
              >
                {t(`blocks.measureStatus.${status}`)}
              </Button>
            ))}
        </fieldset>
      )
    }
    case 'evaluation':
      return (
        <StepAnswer
          draft={item.key}
          wording={item.steps}
          onRate={(score, text) => {
            const line = newId<BlockId>()
            const body = { id: line, text, goal: { block: item.goal.id, score } }
            send(
              'shared',
              () => call(endpoints.addLine, { params: { id }, body }),
              () => call(endpoints.takeBackRating, { params: { id, line } }),
            )
          }}
        />
      )
  }
}
