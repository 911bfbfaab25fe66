import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { atTime } from '../meetings/days.ts'
import type { makeRecord } from '../meetings/make-record.ts'
import { callDemoMeeting as call } from './called-meeting.ts'
import { HELD, heldRecord, holdMeeting } from './held-meeting.ts'
import { arne } from './logs/arne.ts'
import { jonas } from './logs/jonas.ts'
import { sara } from './logs/sara.ts'

type Dependencies = Parameters<typeof makeRecord>[0] & { clock: () => number }
/** Meetings, agendas and a disagreement beside the demo's logs, whose text stays as it is. Rows that stand are left alone. */
export async function seedMeetings(deps: Dependencies): Promise<void> {
  const { rows, clock } = deps
  const known = await rows.selectFrom('meetings').select('id').limit(1).executeTakeFirst()
  if (known) return
  const made = await heldRecord(deps)
  await rows.transaction().execute(async (trx) => {
    await disagree(trx)
    await holdMeeting(trx, made)
    const now = clock()
    await call(trx, {
      meeting: {
        id: 'mote-a-2',
        title: 'Samarbeidsmøte',
        starts_at: atTime(now, 5, '09:00'),
        minutes: 30,
        place: 'Møterom 2, Fjordvik skole',
        leader: 'maren',
        follows: HELD,
      },
      logs: [jonas],
      answers: { maren: 'yes', silje: 'yes', camilla: 'yes' },
    })
    await call(trx, {
      meeting: {
        id: 'mote-b-1',
        title: 'Samarbeidsmøte',
        starts_at: atTime(now, 8, '13:00'),
        minutes: 45,
        place: 'Tyttebær barnehage',
        leader: 'ida',
      },
      logs: [sara],
      answers: { ida: 'yes', marek: 'yes' },
      items: ['hørsel', 'språkgruppe', 'overlevering til skole'].map((title) => ({
        kind: 'free',
        title,
        minutes: 10,
        person: 'ida',
      })),
    })
    await call(trx, {
      meeting: {
        id: 'mote-c-1',
        title: 'Tavlemøte',
        starts_at: atTime(now, 1, '14:45'),
        minutes: 10,
        place: 'Vaktrommet',
        leader: 'nora',
      },
      logs: [arne],
      answers: { nora: 'yes', sindre: 'yes' },
      items: ['natt', 'avvik medisin', 'fallrisiko', 'legebeslutning', 'oppmøte'].map((title) => ({
        kind: 'free',
        title,
        minutes: 2,
        person: 'nora',
      })),
    })
    await call(trx, {
      meeting: {
        id: 'mote-team-1',
        title: 'Tverrfaglig team',
        kind: 'team',
        repeats: 'fortnightly',
        starts_at: atTime(now, 6, '12:30'),
        minutes: 60,
        place: 'Rådhuset, møterom Fjord',
        leader: 'haakon',
      },
      logs: [jonas, sara, arne],
      answers: { haakon: 'yes', gro: 'yes' },
    })
  })
}

async function disagree(trx: Kysely<Database>) {
  await trx
    .insertInto('disagreements')
    .values({
      id: 'uenighet-a-1',
      case_id: jonas.id,
      goal: 'a-maal-1',
      opened_by: 'silje',
      opened_at: Date.parse('2026-11-18T13:25+01:00'),
    })
    .execute()
  await trx
    .insertInto('disagreement_views')
    .values([
      {
        disagreement_id: 'uenighet-a-1',
        person: 'silje',
        service: 'skolehelsetjenesten',
        at: Date.parse('2026-11-18T13:25+01:00'),
        text: 'Jeg tror det er uro, ikke skolevegring.',
      },
      {
        disagreement_id: 'uenighet-a-1',
        person: 'maren',
        service: 'fjordvik-skole',
        at: Date.parse('2026-11-18T14:50+01:00'),
        text: 'Uenig, vi ser det bare før gym.',
      },
    ])
    .execute()
}
