import './case-table.css'
import { useTranslation } from 'react-i18next'
import type { CaseSummary } from '../../shared/cases.ts'
import { NextMeetingCell } from '../meetings/NextMeetingCell.tsx'
import { Tile } from '../ui/Tile.tsx'
import { Coordinator } from './Coordinator.tsx'
import { GoalScales } from './GoalScales.tsx'
import { Pulse } from './Pulse.tsx'
import { mayAsk } from './pulse.ts'
import type { RowsProps } from './rows.ts'
import { SubjectName } from './SubjectName.tsx'

/** The overview as a table: a row for each log, a column for each service in any of them. */
export function CaseTable({ cases, services, ...rest }: RowsProps) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that may scroll sideways must be reachable by keyboard
    <section className="case-table-frame" aria-label={t('cases.table')} tabIndex={0}>
      <table
        className="case-table"
        data-crowded={services.length > 6 || undefined}
        style={{ '--services': services.length }}
      >
        <caption className="unseen">{t('cases.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('cases.columns.person')}</th>
            <th scope="col">{t('cases.columns.coordinator')}</th>
            <th scope="col">{t('cases.columns.goals')}</th>
            {services.map((service) => (
              <th scope="col" className="service-column" key={service.id} title={service.name}>
                <Tile service={service.id} size={22} />
                <span>{service.shortName}</span>
              </th>
            ))}
            <th scope="col">{t('meetings.next')}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <Row key={one.id} one={one} services={services} {...rest} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({
  one,
  services,
  silentAfterDays,
  me,
  now,
  waiting,
}: { one: CaseSummary } & Omit<RowsProps, 'cases'>) {
  const { t } = useTranslation()
  return (
    <tr data-waiting={waiting.has(one.id) || undefined}>
      <th scope="row">
        <SubjectName one={one} />
      </th>
      <td>
        <Coordinator one={one} me={me} />
      </td>
      <td>
        <GoalScales one={one} />
      </td>
      {services.map((service) => {
        const beat = one.pulses.find((pulse) => pulse.service === service.id)
        return (
          <td key={service.id} className="service-column">
            {beat ? (
              <Pulse
                caseId={one.id}
                beat={beat}
                service={service}
                silentAfterDays={silentAfterDays}
                now={now}
                ask={mayAsk(one, service, me) ? one.subject.name : undefined}
              />
            ) : (
              <span className="not-in">
                <span aria-hidden="true">·</span>
                <span className="unseen">{t('cases.pulse.notIn')}</span>
              </span>
            )}
          </td>
        )
      })}
      <td className="next-column">
        <NextMeetingCell one={one} now={now} />
      </td>
    </tr>
  )
}
