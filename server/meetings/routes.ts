import { agendaRoutes } from '../../shared/agenda-routes.ts'
import { meetingRoutes } from '../../shared/meeting-routes.ts'
import type { Access } from '../auth/access.ts'
import type { Reads } from '../cases/reads.ts'
import type { Api } from '../http/handle.ts'
import type { MunicipalityFile } from '../municipality/municipality.ts'
import { createAgenda } from './agenda.ts'
import { createArrangements } from './arrange.ts'
import { fillAttendance } from './attendance.ts'
import { createCommands, type MeetingsDependencies, requireRunning } from './commands.ts'
import { createEnding } from './ending.ts'
import { listMeetings } from './list.ts'
import { type MadeRecord, makeRecord } from './make-record.ts'
import { createMinutes } from './minutes.ts'
import { casesOnAgenda } from './on-agenda.ts'

import { createRefresh } from './refresh.ts'
import { createRunning } from './running.ts'
import { createWriting } from './writing.ts'

type Dependencies = MeetingsDependencies & { access: Access; reads: Reads; municipality: MunicipalityFile }

/** Meetings and agendas. Whoever may read none of a meeting's logs learns nothing of it. */
export function meetingsApi(api: Api, deps: Dependencies) {
  const { rows, access, reads } = deps
  const commands = createCommands(deps)
  const refresh = createRefresh(deps, commands)
  const arrange = createArrangements(deps, commands)
  const running = createRunning(deps, commands)
  const agenda = createAgenda(deps, commands, refresh)
  const end = createEnding(rows, commands, (part) => makeRecord(deps, part))
  const minutes = createMinutes(deps, commands)
  const writing = createWriting(deps, commands)
  fillAttendance(deps, commands)
  const written = new Set<string>()

  api.handle(meetingRoutes.list, async ({ session: { person } }) => {
    const meetings = await listMeetings(rows, person.id)
    const cases = new Set(meetings.flatMap((meeting) => meeting.cases.map(({ id }) => id)))
    await reads.record(person, 'meetings', [...cases])
    return { meetings, onAgenda: await casesOnAgenda(rows, person.id) }
  })
  api.handle(meetingRoutes.call, async ({ session, body }) => ({
    meeting: await arrange.call(session.person, body),
  }))
  api.handle(meetingRoutes.one, async ({ session: { person }, params: { id } }) => {
    const { meeting: before } = await commands.see(person.id, id)
    await refresh(id)
    // A server that was stopped right after a meeting began had not written its minutes into every log.
    if (before.live && !written.has(id)) {
      await running.writeBlocks(id)
      written.add(id)
    }
    const { meeting } = await commands.see(person.id, id)
    await reads.record(
      person,
      'meetings',
      meeting.cases.map(({ id }) => id),
    )
    return { meeting }
  })
  api.handle(meetingRoutes.change, async ({ session, params: { id }, body }) => ({
    meeting: await arrange.change(session.person, id, body),
  }))
  api.handle(meetingRoutes.cancel, async ({ session, params: { id } }) => ({
    meeting: await arrange.cancel(session.person, id),
  }))
  api.handle(meetingRoutes.answer, async ({ session, params: { id }, body }) => ({
    meeting: await arrange.answer(session.person, id, body),
  }))

  api.handle(meetingRoutes.start, async ({ session, params: { id } }) => {
    await commands.see(session.person.id, id)
    await refresh(id)
    return { meeting: await running.start(session.person, id) }
  })
  api.handle(meetingRoutes.move, async ({ session, params: { id }, body }) => ({
    meeting: await running.move(session.person, id, body.item),
  }))
  api.handle(meetingRoutes.lead, async ({ session, params: { id }, body }) => ({
    meeting: await running.lead(session.person, id, body.person),
  }))
  api.handle(meetingRoutes.attend, async ({ session, params: { id }, body }) => ({
    meeting: await running.attend(session.person, id, body),
  }))
  api.handle(meetingRoutes.addGuest, async ({ session, params: { id }, body }) => ({
    meeting: await running.addGuest(session.person, id, body),
  }))
  api.handle(meetingRoutes.removeGuest, async ({ session, params: { id, guest } }) => ({
    meeting: await running.removeGuest(session.person, id, guest),
  }))
  api.handle(meetingRoutes.rate, async ({ session, params: { id }, body }) => ({
    meeting: await writing.rate(session.person, id, body),
  }))
  api.handle(meetingRoutes.minute, async ({ session, params: { id }, body }) => ({
    meeting: await writing.line(session.person, id, body),
  }))

  api.handle(meetingRoutes.soFar, async ({ session: { person }, params: { id } }) => {
    const { rows: held, meeting } = await commands.see(person.id, id)
    requireRunning(held)
    const mine = new Set<string>(meeting.cases.map((one) => one.id))
    const logs: MadeRecord[] = []
    for (const part of held.cases) if (mine.has(part.case_id)) logs.push(await makeRecord(deps, part))
    await reads.record(
      person,
      'meetings',
      meeting.cases.map((one) => one.id),
    )
    return { logs }
  })
  api.handle(meetingRoutes.end, async ({ session, params: { id }, body }) => ({
    meeting: await end(session.person, id, body.next),
  }))
  api.handle(meetingRoutes.minutes, async ({ session: { person }, params: { id } }) => {
    const read = await minutes.read(person, id)
    await reads.record(
      person,
      'minutes',
      read.records.map((record) => record.case),
    )
    return { minutes: read }
  })
  api.handle(meetingRoutes.remark, async ({ session, params: { id }, body }) => ({
    meeting: await minutes.remark(session.person, id, body),
  }))
  api.handle(meetingRoutes.sign, async ({ session, params: { id } }) => ({
    meeting: await minutes.sign(session.person, id),
  }))

  api.handle(agendaRoutes.agendaOfCase, async ({ session: { person }, params: { id } }) => {
    await access.require(id, person.id, 'log.read')
    await reads.record(person, 'meetings', [id])
    return agenda.of(id, person)
  })
  api.handle(agendaRoutes.putOnAgenda, async ({ session, params: { id }, body }) => {
    await access.require(id, session.person.id, 'agenda.change')
    return { item: await agenda.put(session.person, id, body) }
  })
  api.handle(agendaRoutes.takeOffAgenda, async ({ session, params: { id, item } }) => {
    await access.require(id, session.person.id, 'agenda.change')
    await agenda.takeOff(session.person, id, item)
    return {}
  })
  api.handle(agendaRoutes.changeItem, async ({ session, params: { id, item }, body }) => ({
    meeting: await agenda.change(session.person, id, item, body),
  }))
}
