import type { Kysely, Updateable } from 'kysely'
import type { z } from 'zod'
import type { agendaRoutes, NewAgendaItem } from '../../shared/agenda-routes.ts'
import { AppError } from '../../shared/errors.ts'
import type { AgendaItemId, CaseId, MeetingId } from '../../shared/ids.ts'
import { AgendaItem, type Meeting, type MeetingSummary } from '../../shared/meetings.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Database } from '../db/schema.ts'
import { insertItem, isSame, itemsOf, nextMeetingOf } from './agenda-rows.ts'
import { type Commands, type Held, type MeetingsDependencies, notNow } from './commands.ts'
import { itemOf, readerOf, summaryFor } from './reader.ts'
import { loadMeetings, type MeetingRows, namesOf } from './rows.ts'

type ItemChange = z.output<typeof agendaRoutes.changeItem.body>
type Row = MeetingRows['items'][number]

/** What is on the agenda of a log's next meeting, or waits for one. Rights are the caller's to ask. */
export function createAgenda(
  { rows, events, clock }: Pick<MeetingsDependencies, 'rows' | 'events' | 'clock'>,
  commands: Commands,
  refresh: (meeting: string) => Promise<void>,
) {
  /** Whoever brings it is signed with the name that they have now. */
  async function signed(items: readonly Row[]): Promise<AgendaItem[]> {
    const named = await namesOf(
      rows,
      items.flatMap(({ person }) => person ?? []),
    )
    return items.map((item) => {
      const known = item.person === null ? undefined : named.get(item.person)
      return AgendaItem.parse(itemOf(item, known ? { person: item.person, ...known } : null))
    })
  }

  async function find(caseId: CaseId, id: AgendaItemId): Promise<Row | undefined> {
    const row = await rows.selectFrom('agenda_items').where('id', '=', id).selectAll().executeTakeFirst()
    if (row && row.case_id !== caseId)
      throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
    return row
  }

  const audited = (trx: Kysely<Database>, by: Person, caseId: CaseId, what: string, item: string) =>
    recordAudit(
      trx,
      {
        person: by.id,
        service: by.service,
        action: 'change',
        caseId,
        detail: { kind: 'agenda', item, what },
      },
      clock(),
    )

  return {
    async of(caseId: CaseId, by: Person) {
      const reader = await readerOf(rows, by.id)
      const nextId = await nextMeetingOf(rows, caseId)
      if (nextId) await refresh(nextId)
      const last = await rows
        .selectFrom('meeting_cases')
        .innerJoin('meetings', 'meetings.id', 'meeting_cases.meeting_id')
        .where('case_id', '=', caseId)
        .where('ended_at', 'is not', null)
        .orderBy('ended_at', 'desc')
        .limit(1)
        .select(['meetings.id', 'to_seq'])
        .executeTakeFirst()
      const [next] = await loadMeetings(rows, nextId ? [nextId] : [])
      const [before] = await loadMeetings(rows, last ? [last.id] : [])
      const summary = (found: MeetingRows | undefined): MeetingSummary | null =>
        (found && summaryFor(found, reader)) ?? null
      const waiting = await rows
        .selectFrom('agenda_items')
        .where('meeting_id', 'is', null)
        .where('case_id', '=', caseId)
        .where('status', '=', 'open')
        .orderBy('at')
        .orderBy('id')
        .selectAll()
        .execute()
      const mine = next?.items.filter(({ case_id }) => case_id === caseId) ?? []
      const first = summary(next)
      return {
        next: first?.running ? null : first,
        running: first?.running ? first : null,
        last: summary(before),
        since: last?.to_seq ?? null,
        items: await signed([...mine, ...waiting]),
      }
    },

    /** The same id again is the same item, and so is another one about the same. */
    async put(by: Person, caseId: CaseId, body: NewAgendaItem): Promise<AgendaItem> {
      const known = await find(caseId, body.id)
      const { item, meeting } = known
        ? { item: known, meeting: undefined }
        : await rows.transaction().execute(async (trx) => {
            const next = await nextMeetingOf(trx, caseId)
            const held = next === undefined ? undefined : await commands.hold(trx, next)
            const item = { ...itemFor(caseId, body, by, clock()), meeting_id: held?.meeting.id ?? null }
            const others = held ? await itemsOf(trx, held.meeting.id) : await waitingOf(trx, caseId)
            const same = others.find((one) => one.status === 'open' && isSame(one, item))
            if (same) return { item: same, meeting: undefined }
            await insertItem(trx, item, others)
            await audited(trx, by, caseId, 'put', body.id)
            if (held) await commands.record(trx, by, held, { what: 'agenda', cases: [] })
            const stored = await trx
              .selectFrom('agenda_items')
              .where('id', '=', body.id)
              .selectAll()
              .executeTakeFirstOrThrow()
            return { item: stored, meeting: held?.meeting.id ?? null }
          })
      if (meeting !== undefined) await told(caseId, meeting)
      const [answer] = await signed([item])
      if (!answer) throw new AppError('internal')
      return answer
    },

    /** What somebody put there is gone; what the agenda put there does not come again. */
    async takeOff(by: Person, caseId: CaseId, id: AgendaItemId): Promise<void> {
      const item = await rows.selectFrom('agenda_items').where('id', '=', id).selectAll().executeTakeFirst()
      if (!item || item.case_id !== caseId || item.status === 'off') return
      const meeting = await rows.transaction().execute(async (trx) => {
        const held = item.meeting_id === null ? undefined : await commands.hold(trx, item.meeting_id)
        if (held?.meeting.ended_at != null) throw notNow('ended')
        if (held?.meeting.item === id)
          throw new AppError('invalidInput', { field: 'params.item', reason: 'the meeting is there' })
        if (item.person === null)
          await trx.updateTable('agenda_items').set({ status: 'off' }).where('id', '=', id).execute()
        else await trx.deleteFrom('agenda_items').where('id', '=', id).execute()
        await audited(trx, by, caseId, 'taken off', id)
        if (held) await commands.record(trx, by, held, { what: 'agenda', cases: [] })
        return item.meeting_id
      })
      await told(caseId, meeting)
    },

    change: (by: Person, meeting: MeetingId, id: AgendaItemId, change: ItemChange): Promise<Meeting> =>
      commands.run(by, meeting, async (held) => {
        const item = held.items.find((one) => one.id === id)
        if (!item || !held.reader.may(item.case_id, 'log.read')) throw new AppError('notFound')
        if (!held.reader.may(item.case_id, 'agenda.change')) throw new AppError('notAllowed')
        if (held.meeting.signed_at !== null) throw notNow('signed')
        const { after, person, ...rest } = change
        if (person && !held.people.some((one) => one.person === person && one.inCases.includes(item.case_id)))
          throw new AppError('invalidInput', { field: 'body.person', reason: 'not in the meeting' })
        const set: Updateable<Database['agenda_items']> = {
          ...rest,
          ...(person === undefined ? {} : { person }),
        }
        if (Object.values(set).some((value) => value !== undefined))
          await held.trx.updateTable('agenda_items').set(set).where('id', '=', id).execute()
        if (after !== undefined) await reorder(held, item, after)
        return { what: 'agenda', detail: { item: id }, cases: [item.case_id], agenda: true }
      }),
  }

  async function told(caseId: CaseId, meeting: string | null) {
    events.agenda(caseId)
    const [found] = meeting === null ? [] : await loadMeetings(rows, [meeting])
    if (found) commands.tell(found, {})
  }
}

const itemFor = (caseId: CaseId, body: NewAgendaItem, by: Person, at: number) => ({
  id: body.id,
  case_id: caseId,
  kind: body.kind,
  block: body.block,
  thread_id: body.thread,
  ref: null,
  title: body.title,
  person: by.id,
  minutes: body.minutes,
  status: 'open',
  outcome: '',
  carried: 0,
  at,
})

const waitingOf = (rows: Kysely<Database>, caseId: CaseId): Promise<Row[]> =>
  rows
    .selectFrom('agenda_items')
    .where('meeting_id', 'is', null)
    .where('case_id', '=', caseId)
    .orderBy('position')
    .selectAll()
    .execute()

/** Puts an item right after another of the same log, or first. */
async function reorder({ trx, items }: Held, item: Row, after: AgendaItemId | null) {
  const others = items.filter(({ case_id, id }) => case_id === item.case_id && id !== item.id)
  const at = after === null ? 0 : others.findIndex(({ id }) => id === after) + 1
  if (after !== null && at === 0)
    throw new AppError('invalidInput', { field: 'body.after', reason: 'not on this agenda' })
  for (const [position, { id }] of others.toSpliced(at, 0, item).entries())
    await trx.updateTable('agenda_items').set({ position }).where('id', '=', id).execute()
}
