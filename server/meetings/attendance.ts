import type { CaseId, PersonId } from '../../shared/ids.ts'
import { faultOf } from '../log.ts'
import type { Commands, MeetingsDependencies } from './commands.ts'
import { setAttended } from './running.ts'

/**
 * Whoever comes into a log while a meeting about it is held, and is invited, is there. Nobody who leaves is taken off
 * again, and what somebody has said about it stands.
 */
export function fillAttendance({ rows, collab, log }: MeetingsDependencies, commands: Commands): void {
  async function arrived(caseId: CaseId, person: PersonId) {
    const running = await rows
      .selectFrom('meeting_cases')
      .innerJoin('meetings', 'meetings.id', 'meeting_cases.meeting_id')
      .innerJoin('meeting_people', 'meeting_people.meeting_id', 'meetings.id')
      .where('meeting_cases.case_id', '=', caseId)
      .where('meeting_people.person', '=', person)
      .where('left_out', 'is', null)
      .where('attended', 'is', null)
      .where('started_at', 'is not', null)
      .where('ended_at', 'is', null)
      .select('meetings.id')
      .execute()
    for (const { id } of running)
      await commands.runItself(id, async ({ trx, people, meeting }) => {
        const known = people.find((one) => one.person === person)
        if (known?.attended !== null || meeting.ended_at !== null) return undefined
        await setAttended(trx, id, person, true)
        return { what: 'attendance', detail: { member: person }, cases: [caseId] }
      })
  }

  collab.onArrival((caseId, person) => {
    arrived(caseId, person).catch((error: unknown) =>
      log.warn({ case: caseId, ...faultOf(error) }, 'who came was not noted as there'),
    )
  })
}
