import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Meeting, MinutesRecord } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useServices } from '../api/queries.ts'
import { day } from '../blocks/when.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { Tile } from '../ui/Tile.tsx'
import { itemTitle } from '../wall/item-title.ts'
import { Failed } from './Failed.tsx'
import { noteMeetings } from './queries.ts'
import { useRun } from './run.ts'
import { useSentences } from './sentences.ts'

type Given = {
  record: MinutesRecord
  meeting: Meeting
  /** Whose part it is, where the meeting was about several logs. */
  heading: string | undefined
  editable: boolean
}

/** One log's part of the minutes: what was decided and agreed, what moved, what was written, what is left. */
export function MinutesPart({ record, meeting, heading, editable }: Given) {
  const { t, i18n } = useTranslation()
  const services = useServices()
  const say = useSentences()
  const serviceName = (id: string) => services.find((service) => service.id === id)?.shortName ?? ''
  const goals = record.goals.filter(({ ratings, changes }) => ratings.length > 0 || changes.length > 0)
  const left = record.items.filter(
    // These two belong to every meeting.
    ({ status, kind }) => status === 'moved' && kind !== 'since' && kind !== 'nextDate',
  )
  const outcomes = record.items.filter(({ outcome }) => outcome !== '')
  const lines = record.text.split('\n').filter((line) => line.trim() !== '')
  return (
    <section className="minutes-part">
      {heading && <h2 className="minutes-name">{heading}</h2>}
      {record.decisions.length > 0 && (
        <>
          <h3>{t('meetings.decisions')}</h3>
          <ul className="minutes-list">
            {record.decisions.map(({ block, text, by }) => (
              <li key={block}>
                {text} {by && <span className="quiet">{by.name}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {record.agreed.length > 0 && (
        <>
          <h3>{t('meetings.agreed')}</h3>
          <table className="minutes-agreed">
            <thead>
              <tr>
                <th scope="col">{t('meetings.what')}</th>
                <th scope="col">{t('meetings.who')}</th>
                <th scope="col">{t('meetings.byWhen')}</th>
              </tr>
            </thead>
            <tbody>
              {record.agreed.map(({ block, text, service, who, due }) => (
                <tr key={block}>
                  <td>{text}</td>
                  <td>{[who, service && serviceName(service)].filter(Boolean).join(', ')}</td>
                  <td>{due && day(due, i18n.language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {goals.length > 0 && (
        <>
          <h3>{t('meetings.goals')}</h3>
          {goals.map(({ goal, number, title, ratings, changes }) => (
            <div key={goal} className="minutes-goal">
              <p className="minutes-goal-title">
                {t('blocks.goalNumber', { number })}: {title}
              </p>
              <ul className="plain minutes-ratings">
                {ratings.map(({ service, before, after }) => (
                  <li key={service}>
                    <Tile service={service} size={22} /> {serviceName(service)}: {say.step(before)} →{' '}
                    {say.step(after)}
                  </li>
                ))}
              </ul>
              <ul className="minutes-list">
                {changes.map((change) => (
                  <li key={`${change.block}${change.what}`}>{say.change(change)}</li>
                ))}
              </ul>
            </div>
          ))}
        </>
      )}
      {(lines.length > 0 || record.remark !== '' || editable) && <h3>{t('meetings.written')}</h3>}
      {editable ? (
        <EditWords record={record} meeting={meeting} />
      ) : (
        <>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a frozen text have no name but their place
            <p key={at}>{line}</p>
          ))}
          {record.remark !== '' && <p className="minutes-remark">{record.remark}</p>}
        </>
      )}
      {outcomes.length > 0 && (
        <>
          <h3>{t('meetings.agenda')}</h3>
          <ul className="minutes-list">
            {outcomes.map(({ id, outcome, ...item }) => (
              <li key={id}>
                {itemTitle(item, t)}: {outcome}
              </li>
            ))}
          </ul>
        </>
      )}
      {left.length > 0 && (
        <>
          <h3>{t('meetings.left')}</h3>
          <ul className="minutes-list">
            {left.map(({ id, ...item }) => (
              <li key={id}>{itemTitle(item, t)}</li>
            ))}
          </ul>
        </>
      )}
      <p className="minutes-changes">
        <Link to={`/logg/${record.case}/historikk?since=${record.from}&seq=${record.to}`}>
          {t('meetings.whatChanged')}
        </Link>
      </p>
    </section>
  )
}

/** The leader's words, until the minutes are signed. */
function EditWords({ record, meeting }: { record: MinutesRecord; meeting: Meeting }) {
  const { t } = useTranslation()
  const [text, setText] = useState(record.text)
  const [remark, setRemark] = useState(record.remark)
  const { run, busy, failed } = useRun()
  const changed = text !== record.text || remark !== record.remark
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const body = { case: record.case, text, remark }
    const kept = () => call(endpoints.remarkMinutes, { params: { id: meeting.id }, body })
    if (await run(kept, t('meetings.kept'))) noteMeetings(meeting.id)
  }
  return (
    <form className="minutes-edit" onSubmit={(event) => void send(event)}>
      <TextField
        label={t('meetings.text')}
        rows={6}
        maxLength={20_000}
        placeholder=" "
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <TextField
        label={t('meetings.remark')}
        rows={2}
        maxLength={4000}
        placeholder=" "
        value={remark}
        onChange={({ target }) => setRemark(target.value)}
      />
      <Failed error={failed} what={t('meetings.notKept')} />
      <Button type="submit" variant="secondary" size="sm" aria-disabled={busy || !changed}>
        {t('meetings.keepWords')}
      </Button>
    </form>
  )
}
