import { NextMeetingCell } from '../meetings/NextMeetingCell.tsx'
import { Coordinator } from './Coordinator.tsx'
import { GoalScales } from './GoalScales.tsx'
import { Pulse } from './Pulse.tsx'
import { mayAsk } from './pulse.ts'
import type { RowsProps } from './rows.ts'
import { SubjectName } from './SubjectName.tsx'

/** The overview on a phone: a card for each log. */
export function CaseCards({ cases, services, silentAfterDays, me, now, waiting }: RowsProps) {
  return (
    <ul className="plain case-cards">
      {cases.map((one) => (
        <li key={one.id} className="case-card" data-waiting={waiting.has(one.id) || undefined}>
          <SubjectName one={one} heading />
          <Coordinator one={one} me={me} />
          <div className="case-card-goals">
            <GoalScales one={one} />
          </div>
          <ul className="plain case-card-pulses">
            {services.flatMap((service) => {
              const beat = one.pulses.find((pulse) => pulse.service === service.id)
              return beat ? (
                <li key={service.id}>
                  <Pulse
                    caseId={one.id}
                    beat={beat}
                    service={service}
                    silentAfterDays={silentAfterDays}
                    now={now}
                    ask={mayAsk(one, service, me) ? one.subject.name : undefined}
                    withTile
                  />
                </li>
              ) : (
                []
              )
            })}
          </ul>
          <NextMeetingCell one={one} now={now} />
        </li>
      ))}
    </ul>
  )
}
