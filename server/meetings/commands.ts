import type { Kysely, Updateable } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import { CaseId, MeetingId, PersonId } from '../../shared/ids.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import type { Events } from '../events/events.ts'
import type { Histories } from '../history/histories.ts'
import type { Logger } from '../log.ts'
import { narrow, type Reader, readerOf, wholeOf } from './reader.ts'
import { loadMeetings, type MeetingRows } from './rows.ts'

export type MeetingsDependencies = {
  rows: Kysely<Database>
  collab: Pick<Collab, 'writeAs' | 'read' | 'inCase' | 'onArrival'>
  events: Pick<Events, 'meeting' | 'agenda' | 'waiting' | 'awayFor' | 'caseChanged'>
  histories: Pick<Histories, 'changes'>
  log: Logger
  clock: () => number
}

/** A meeting in the hands of one command: inside its transaction. */
export type Held = MeetingRows & {
  trx: Kysely<Database>
  now: number
  reader: Reader
  /** As the reader may see it. */
  seen: Meeting
}

/** What a command has done: what the audit says, and who is told beside those who see the meeting. */
export type Done = {
  what: string
  meeting?: Updateable<Database['meetings']>
  /** Other ids for the audit. */
  detail?: Readonly<Record<string, string | number | null>>
  /** The cases it touches; all of the meeting's, if not said. */
  cases?: readonly string[]
  /** The agenda of its logs, or which meeting is their next, is another now. */
  agenda?: boolean
  /** What waits for these people is another now. */
  waiting?: readonly string[]
}

export type Commands = ReturnType<typeof createCommands>

/** Everybody who is invited. */
export const invited = ({ people }: MeetingRows): string[] =>
  people.filter(({ left_out }) => left_out === null).map(({ person }) => person)

/** Commands on a meeting: each one transaction with its audit rows, told to who may see it when it is stored. */
export function createCommands({
  rows,
  events,
  clock,
}: Pick<MeetingsDependencies, 'rows' | 'events' | 'clock'>) {
  async function see(person: PersonId, id: MeetingId): Promise<{ rows: MeetingRows; meeting: Meeting }> {
    const [found] = await loadMeetings(rows, [id])
    const meeting = found && narrow(wholeOf(found), await readerOf(rows, person))
    if (!meeting) throw new AppError('notFound')
    return { rows: found, meeting }
  }

  /** Audit rows and the risen revision of what a command did, inside its transaction. */
  async function record(trx: Kysely<Database>, by: Person | undefined, found: MeetingRows, done: Done) {
    const { id } = found.meeting
    for (const caseId of done.cases ?? found.cases.map(({ case_id }) => case_id)) {
      const detail = { kind: 'meeting', meeting: id, what: done.what, ...done.detail }
      await recordAudit(
        trx,
        { person: by?.id ?? null, service: by?.service ?? null, action: 'change', caseId, detail },
        clock(),
      )
    }
    await trx
      .updateTable('meetings')
      .set((eb) => ({ ...done.meeting, revision: eb('revision', '+', 1) }))
      .where('id', '=', id)
      .execute()
  }

  function tell({ meeting, cases }: MeetingRows, done: Pick<Done, 'agenda' | 'waiting'>) {
    const ids = cases.map(({ case_id }) => CaseId.parse(case_id))
    events.meeting(MeetingId.parse(meeting.id), meeting.revision, ids)
    if (done.agenda) for (const id of ids) events.agenda(id)
    if (done.waiting?.length) events.waiting(done.waiting.map((person) => PersonId.parse(person)))
  }

  /** The meeting, held so that no other command comes between. */
  async function hold(trx: Kysely<Database>, id: string): Promise<MeetingRows | undefined> {
    await trx
      .updateTable('meetings')
      .set((eb) => ({ revision: eb.ref('revision') }))
      .where('id', '=', id)
      .execute()
    const [found] = await loadMeetings(trx, [id])
    return found
  }

  return {
    see,
    record,
    tell,
    hold,

    /**
     * Runs a command on a meeting that `by` may see (else `notFound`) and answers with the meeting after it.
     * Undefined from `run`: it is so already, and nothing is told.
     */
    async run(by: Person, id: MeetingId, run: (held: Held) => Promise<Done | undefined>): Promise<Meeting> {
      const done = await rows.transaction().execute(async (trx) => {
        const found = await hold(trx, id)
        const reader = await readerOf(trx, by.id)
        const seen = found && narrow(wholeOf(found), reader)
        if (!seen) throw new AppError('notFound')
        const done = await run({ ...found, trx, now: clock(), reader, seen })
        if (done) await record(trx, by, found, done)
        return done
      })
      const { rows: now, meeting } = await see(by.id, id)
      if (done) tell(now, done)
      return meeting
    },

    /** The same by the server itself, for nobody in particular. */
    async runItself(
      id: string,
      run: (held: Omit<Held, 'reader' | 'seen'>) => Promise<Done | undefined>,
    ): Promise<void> {
      const done = await rows.transaction().execute(async (trx) => {
        const found = await hold(trx, id)
        const done = found && (await run({ ...found, trx, now: clock() }))
        if (done) await record(trx, undefined, found, done)
        return done
      })
      if (!done) return
      const [now] = await loadMeetings(rows, [id])
      if (now) tell(now, done)
    },
  }
}

/** A wrong moment for a command: the meeting has not begun, is over, or is signed. */
export const notNow = (reason: string): AppError =>
  new AppError('invalidInput', { field: 'params.id', reason })

export function requireLeader({ meeting, reader }: Held): void {
  if (meeting.leader !== reader.person) throw new AppError('notAllowed')
}

export function requireRunning({ meeting }: MeetingRows): void {
  if (meeting.started_at === null) throw notNow('not begun')
  if (meeting.ended_at !== null) throw notNow('ended')
}
