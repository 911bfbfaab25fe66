import './call-meeting.css'
import { useQueries } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/capabilities.ts'
import type { Member } from '../../shared/cases.ts'
import type { CaseId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, useCases, useMe } from '../api/queries.ts'
import { useCaseName } from '../cases/hidden-names.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field, FieldError } from '../ui/Field.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Failed } from './Failed.tsx'
import { InvitedPeople } from './InvitedPeople.tsx'
import { bodyOf, type Fault, faultsOf, lengths, newPlan, type Plan } from './plan.ts'
import { noteAgenda, noteMeetings } from './queries.ts'
import { useRun } from './run.ts'
import { TimeFields } from './TimeFields.tsx'

type Given = { cases: readonly CaseId[]; choose?: boolean; onClose: () => void }

/** Calling a meeting: what, when, where, and everybody in the log unless there is a reason. */
export function CallMeeting({ cases, choose = false, onClose }: Given) {
  const { t } = useTranslation()
  const me = useMe()
  const form = useRef<HTMLFormElement>(null)
  const [plan, setPlan] = useState<Plan>(() => newPlan(cases, me.id, t('meetings.usualTitle'), Date.now()))
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const { run, busy, failed } = useRun()
  const change = (some: Partial<Plan>) => setPlan((before) => ({ ...before, ...some }))
  const members = useMembers(plan.cases)
  const leaders = members?.filter(({ role }) => can(role, 'meeting.lead')) ?? []

  useEffect(() => {
    if (faults.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [faults])

  const send = async (event: FormEvent) => {
    event.preventDefault()
    const found = faultsOf(plan, Date.now())
    setFaults(found)
    if (found.length > 0) return
    const sent = await run(() => call(endpoints.callMeeting, { body: bodyOf(plan) }), t('meetings.called'))
    if (!sent) return
    noteMeetings()
    for (const id of plan.cases) noteAgenda(id)
    onClose()
  }

  return (
    <Dialog title={t('meetings.callTitle')} open onClose={onClose}>
      <form ref={form} className="call-meeting" noValidate onSubmit={(event) => void send(event)}>
        {choose && (
          <ChooseCases
            chosen={plan.cases}
            missing={faults.includes('cases')}
            onChange={(next) =>
              change({
                cases: next,
                ...(next.length > 1 && plan.title === t('meetings.usualTitle')
                  ? { title: t('meetings.teamTitle') }
                  : {}),
              })
            }
          />
        )}
        <Field
          label={t('meetings.title')}
          maxLength={120}
          autoComplete="off"
          error={faults.includes('title') ? t('meetings.titleMissing') : undefined}
          value={plan.title}
          onChange={({ target }) => change({ title: target.value })}
        />
        <TimeFields
          times={plan.times}
          wrong={faults.includes('times')}
          onChange={(times) => change({ times })}
        />
        <div className="call-pair">
          <label className="field">
            <span className="legend">{t('meetings.length')}</span>
            <select
              className="ds-input"
              value={plan.minutes}
              onChange={({ target }) => change({ minutes: Number(target.value) })}
            >
              {lengths.map((count) => (
                <option key={count} value={count}>
                  {t('meetings.minutes', { count })}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span className="legend">{t('meetings.leader')}</span>
            <select
              className="ds-input"
              value={plan.leader}
              onChange={({ target }) => {
                const leader = leaders.find(({ person }) => person === target.value)
                if (leader) change({ leader: leader.person })
              }}
            >
              {leaders.map(({ person, name }) => (
                <option key={person} value={person}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div className="call-pair">
          <Field
            label={t('meetings.place')}
            placeholder={t('meetings.placeHint')}
            maxLength={120}
            autoComplete="off"
            value={plan.place}
            onChange={({ target }) => change({ place: target.value })}
          />
          <Field
            label={t('meetings.link')}
            placeholder="https://"
            type="url"
            maxLength={500}
            autoComplete="off"
            error={faults.includes('link') ? t('meetings.linkWrong') : undefined}
            value={plan.link}
            onChange={({ target }) => change({ link: target.value })}
          />
        </div>
        {choose && (
          <label className="field">
            <span className="legend">{t('meetings.repeats')}</span>
            <select
              className="ds-input"
              value={plan.repeats ?? ''}
              onChange={({ target: { value } }) =>
                change({
                  repeats:
                    value === 'weekly' || value === 'fortnightly' || value === 'monthly' ? value : null,
                })
              }
            >
              <option value="">{t('meetings.repeat.never')}</option>
              <option value="weekly">{t('meetings.repeat.weekly')}</option>
              <option value="fortnightly">{t('meetings.repeat.fortnightly')}</option>
              <option value="monthly">{t('meetings.repeat.monthly')}</option>
            </select>
          </label>
        )}
        {members ? (
          <InvitedPeople
            members={members}
            me={me.id}
            leftOut={plan.leftOut}
            wrong={faults}
            onChange={(leftOut) => change({ leftOut })}
          />
        ) : (
          plan.cases.length > 0 && <Skeleton width="100%" height="6rem" />
        )}
        <Failed error={failed} what={t('meetings.notCalled')} />
        <div className="meeting-actions">
          <Button type="submit" aria-disabled={busy}>
            {t(plan.times.length > 1 ? 'meetings.propose' : 'meetings.call')}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('meetings.notNow')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Everybody in these logs, once each; undefined until they are here. */
function useMembers(cases: readonly CaseId[]): readonly Member[] | undefined {
  const details = useQueries({
    queries: cases.map((id) => ({
      queryKey: keys.caseDetail(id),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(endpoints.caseDetail, { params: { id }, signal }),
    })),
  })
  if (cases.length === 0 || details.some(({ data }) => !data)) return undefined
  const once = new Map(details.flatMap(({ data }) => data?.members ?? []).map((one) => [one.person, one]))
  return [...once.values()]
}

function ChooseCases(props: {
  chosen: readonly CaseId[]
  missing: boolean
  onChange: (cases: readonly CaseId[]) => void
}) {
  const { t } = useTranslation()
  const cases = useCases().data ?? []
  const nameOf = useCaseName()
  const may = cases.filter(({ role }) => can(role, 'agenda.change'))
  return (
    <fieldset className="field call-cases">
      <legend>{t('meetings.about')}</legend>
      {may.map((one) => (
        <label key={one.id}>
          <input
            type="checkbox"
            aria-invalid={props.missing || undefined}
            checked={props.chosen.includes(one.id)}
            onChange={({ target }) =>
              props.onChange(
                target.checked ? [...props.chosen, one.id] : props.chosen.filter((id) => id !== one.id),
              )
            }
          />
          <span>{nameOf(one.id, one.subject.name)}</span>
        </label>
      ))}
      {props.missing && <FieldError>{t('meetings.casesMissing')}</FieldError>}
    </fieldset>
  )
}
