import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import { outline } from '../../shared/case-log/outline.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Database } from '../db/schema.ts'
import { type MadeRecord, makeRecord } from '../meetings/make-record.ts'
import { freezeMinutes, keepRecord } from '../meetings/minutes.ts'
import { loadMeetings } from '../meetings/rows.ts'
import { standingOf } from '../meetings/standing.ts'
import { callDemoMeeting, type Item } from './called-meeting.ts'
import { jonas } from './logs/jonas.ts'
import { demoPeople } from './people.ts'

type Dependencies = Parameters<typeof makeRecord>[0]

export const HELD = 'mote-a-1'
const GOAL = 'a-maal-1'
const at = (time: string) => Date.parse(time)

/** The meeting of 20 November: from before Maren's evaluation to the last line of the log. */
const BEGUN = at('2026-11-20T09:05+01:00')
const ENDED = at('2026-11-20T09:36+01:00')
const SIGNED = at('2026-11-20T10:15+01:00')
const stepsBefore = jonas.steps.filter(({ at: time }) => at(time) < BEGUN)

/** What came of it, from how the log stood when it began. */
export async function heldRecord(deps: Dependencies): Promise<MadeRecord> {
  const doc = new Y.Doc()
  for (const { write } of stepsBefore) write(doc)
  const before = JSON.stringify(standingOf(outline(doc)))
  doc.destroy()
  const document = documentName(jonas.id, 'shared')
  const first = await deps.rows
    .selectFrom('updates')
    .where('document', '=', document)
    .orderBy('seq')
    .offset(stepsBefore.length - 1)
    .limit(1)
    .select('seq')
    .executeTakeFirstOrThrow()
  const part = { case_id: jonas.id, name: jonas.subject.name, before, from_seq: first.seq, block: null }
  return makeRecord(deps, part)
}

/** Held, with its minutes signed by whoever led it. */
export async function holdMeeting(trx: Kysely<Database>, made: MadeRecord) {
  const maren = personOf('maren')
  const items: Item[] = [
    { kind: 'free', title: 'Jonas’ ord', minutes: 5, person: 'silje', outcome: 'Garderoben er det verste.' },
    { kind: 'goal', title: 'Mål', minutes: 10, block: GOAL, outcome: 'Tre dager i snitt. Porten hjelper.' },
    {
      kind: 'disagreement',
      title: 'Uenighet: gym',
      minutes: 10,
      block: GOAL,
      ref: 'uenighet-a-1',
      person: 'maren',
      outcome: 'Vi prøver egen inngang og ser på det igjen.',
    },
    { kind: 'nextDate', title: 'Hvem gjør hva, neste dato', minutes: 5 },
  ]
  await callDemoMeeting(trx, {
    meeting: {
      id: HELD,
      title: 'Samarbeidsmøte',
      status: 'held',
      starts_at: BEGUN,
      minutes: 30,
      place: 'Møterom 2, Fjordvik skole',
      leader: 'maren',
      created_at: at('2026-11-12T12:30+01:00'),
      started_at: BEGUN,
      ended_at: ENDED,
    },
    logs: [jonas],
    answers: { maren: 'yes', silje: 'yes', haakon: 'yes', camilla: 'yes', amina: 'yes', jostein: 'no' },
    items: items.map((item) => ({ ...item, status: 'done' })),
  })
  const there = new Set(['maren', 'silje', 'haakon', 'camilla', 'amina', 'tore'])
  for (const person of [jonas.coordinator, ...Object.keys(jonas.members)])
    await trx
      .updateTable('meeting_people')
      .set({ attended: Number(there.has(person)) })
      .where('meeting_id', '=', HELD)
      .where('person', '=', person)
      .execute()
  const text = 'Vi begynte med Jonas’ egne ord.\nPorten hjelper. Garderoben er det som er vanskelig.'
  await keepRecord(trx, HELD, { ...made, text })
  await trx
    .updateTable('meeting_cases')
    .set({ from_seq: made.from, to_seq: made.to })
    .where('meeting_id', '=', HELD)
    .execute()
  const [found] = await loadMeetings(trx, [HELD])
  if (!found) throw new Error('the demo’s meeting is not there')
  const frozen = freezeMinutes(found, maren, SIGNED)
  await trx
    .updateTable('meetings')
    .set({ ...frozen, signed_by: maren.id, signed_at: SIGNED })
    .where('id', '=', HELD)
    .execute()
  const detail = { kind: 'meeting', meeting: HELD, what: 'signed', checksum: frozen.checksum }
  const by = { person: maren.id, service: maren.service }
  await recordAudit(trx, { ...by, action: 'change', caseId: jonas.id, detail }, SIGNED)
}

function personOf(id: string): Person {
  const person = demoPeople.find((one) => one.id === id)
  if (!person) throw new Error(`no person ${id} in the demo`)
  return person
}
