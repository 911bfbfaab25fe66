import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { CaseId, type MeetingId } from '../../shared/ids.ts'
import type { meetingRoutes } from '../../shared/meeting-routes.ts'
import { type Meeting, type Minutes, MinutesRecord } from '../../shared/meetings.ts'
import type { Person } from '../../shared/people.ts'
import type { Database } from '../db/schema.ts'
import { derivedId, itemsOf } from './agenda-rows.ts'
import { type Commands, type Held, type MeetingsDependencies, notNow, requireLeader } from './commands.ts'
import { dayOf } from './days.ts'
import { nextAfter } from './following.ts'
import type { MadeRecord } from './make-record.ts'
import { itemOf, narrow, type Reader, readerOf, WholeMeeting, wholeOf } from './reader.ts'
import { type MeetingRows, namesOf } from './rows.ts'

/** What is frozen by a signature: the meeting and its minutes as they were then. */
export const SignedMinutes = WholeMeeting.extend({ records: z.array(MinutesRecord) })

/** The one way to write a value as JSON: keys in alphabetical order, nothing undefined. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

export const checksumOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const VERSION_NAME = 80

/** The minutes after a meeting: read by everybody who may, in the leader's hands until they are signed. */
export function createMinutes({ rows }: Pick<MeetingsDependencies, 'rows'>, commands: Commands) {
  return {
    async read(by: Person, id: MeetingId): Promise<Minutes> {
      const { rows: found, meeting } = await commands.see(by.id, id)
      if (meeting.endedAt === null) throw notNow('not ended')
      const reader = await readerOf(rows, by.id)
      const next = await nextAfter(rows, found, reader)
      const mine = (records: readonly MinutesRecord[]) =>
        records.filter((record) => reader.may(record.case, 'log.read'))
      if (found.meeting.record === null) return { meeting, records: mine(recordsIn(found)), next }
      return { ...frozenFor(found.meeting.record, meeting, reader), next }
    },

    remark: (
      by: Person,
      id: MeetingId,
      { case: caseId, text, remark }: z.output<typeof meetingRoutes.remark.body>,
    ): Promise<Meeting> =>
      commands.run(by, id, async (held) => {
        requireUnsigned(held)
        const record = recordsIn(held).find((one) => one.case === caseId)
        if (!record || !held.reader.may(caseId, 'log.read'))
          throw new AppError('invalidInput', { field: 'body.case', reason: 'not in the meeting' })
        const next = { ...record, text: text ?? record.text, remark: remark ?? record.remark }
        await held.trx
          .updateTable('meeting_cases')
          .set({ record: JSON.stringify(next) })
          .where('meeting_id', '=', id)
          .where('case_id', '=', caseId)
          .execute()
        return { what: 'minutes', cases: [caseId] }
      }),

    /** Signed already, it is the same signature. */
    sign: (by: Person, id: MeetingId): Promise<Meeting> =>
      commands.run(by, id, async (held) => {
        if (held.meeting.signed_at !== null && held.meeting.signed_by === by.id) return undefined
        requireUnsigned(held)
        const frozen = freezeMinutes(held, by, held.now)
        await nameMoments(held, by)
        return {
          what: 'signed',
          detail: { checksum: frozen.checksum },
          agenda: true,
          waiting: held.people.map(({ person }) => person),
          meeting: { ...frozen, signed_by: by.id, signed_at: held.now },
        }
      }),
  }
}

function requireUnsigned(held: Held) {
  requireLeader(held)
  if (held.meeting.ended_at === null) throw notNow('not ended')
  if (held.meeting.signed_at !== null) throw notNow('signed')
}

/** Keeps the minutes of one log's part, with the agenda as it ended. */
export async function keepRecord(trx: Kysely<Database>, meeting: string, made: MadeRecord): Promise<void> {
  const items = (await itemsOf(trx, meeting)).filter(
    ({ status, case_id }) => status !== 'off' && case_id === made.case,
  )
  const named = await namesOf(
    trx,
    items.flatMap(({ person }) => person ?? []),
  )
  const own = items.map((item) => {
    const known = item.person === null ? undefined : named.get(item.person)
    return itemOf(item, known ? { person: item.person, ...known } : null)
  })
  const record = MinutesRecord.parse({ ...made, items: own })
  await trx
    .updateTable('meeting_cases')
    .set({ to_seq: made.to, record: JSON.stringify(record) })
    .where('meeting_id', '=', meeting)
    .where('case_id', '=', made.case)
    .execute()
}

const recordsIn = ({ cases }: MeetingRows): MinutesRecord[] =>
  cases.flatMap(({ record }) => (record === null ? [] : MinutesRecord.parse(JSON.parse(record))))

/** The meeting and its minutes in the one JSON that they have, and its checksum. */
export function freezeMinutes(
  rows: MeetingRows,
  by: Person,
  at: number,
): { record: string; checksum: string } {
  const { meeting, inCases } = wholeOf(rows)
  const signed = { by: { person: by.id, name: by.name, service: by.service }, at, checksum: '' }
  const record = canonical(
    SignedMinutes.parse({ meeting: { ...meeting, signed }, inCases, records: recordsIn(rows) }),
  )
  return { record, checksum: checksumOf(record) }
}

/** As it was when it was signed, save for what the reader may do now. */
function frozenFor(
  text: string,
  now: Meeting,
  reader: Reader,
): { meeting: Meeting; records: MinutesRecord[] } {
  const { records, ...whole } = SignedMinutes.parse(JSON.parse(text))
  const meeting = narrow(whole, reader)
  if (!meeting) throw new AppError('notFound')
  return {
    meeting: { ...meeting, revision: now.revision, signed: now.signed },
    records: records.filter((record) => reader.may(record.case, 'log.read')),
  }
}

/** The end of the meeting has a name in the history of each log. */
async function nameMoments({ trx, meeting, cases, now }: Held & { trx: Kysely<Database> }, by: Person) {
  const day = dayOf(meeting.started_at ?? now)
  const name = `${meeting.title.slice(0, VERSION_NAME - day.length - 1)} ${day}`
  for (const { case_id, to_seq } of cases) {
    if (to_seq === null) continue
    await trx
      .insertInto('versions')
      .values({
        id: derivedId('minutes', meeting.id, case_id),
        case_id,
        document: documentName(CaseId.parse(case_id), 'shared'),
        seq: to_seq,
        name,
        person: by.id,
        at: now,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  }
}
