import type { Kysely } from 'kysely'
import { documentName } from '../../shared/collab/protocol.ts'
import type { Person } from '../../shared/people.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import type { Histories } from '../history/histories.ts'
import type { Logger } from '../log.ts'
import type { MunicipalityFile } from '../municipality/municipality.ts'
import { seedComments } from './comments.ts'
import type { DemoLog } from './demo-log.ts'
import { arne } from './logs/arne.ts'
import { jonas } from './logs/jonas.ts'
import { sara } from './logs/sara.ts'
import { seedMeetings } from './meetings.ts'
import { demoPeople } from './people.ts'

type Dependencies = {
  rows: Kysely<Database>
  collab: Pick<Collab, 'writeAs' | 'read' | 'keepAnchors'>
  histories: Pick<Histories, 'changes'>
  municipality: Pick<MunicipalityFile, 'current'>
  log: Logger
  clock: () => number
}

/**
 * Fills an empty database with Fjordvik's people and logs, each line written through the gate by whom it says.
 * A log is a draft until its last line stands; a start that was cut short goes on where it stopped.
 */
export async function seedDemo(deps: Dependencies): Promise<void> {
  const { rows, log } = deps
  await rows
    .insertInto('people')
    .values(demoPeople)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        name: eb.ref('excluded.name'),
        service: eb.ref('excluded.service'),
        role: eb.ref('excluded.role'),
        title: eb.ref('excluded.title'),
      })),
    )
    .execute()

  const known = await rows.selectFrom('cases').select(['id', 'status']).execute()
  const statusOf = new Map(known.map(({ id, status }) => [id, status]))
  const logs = [jonas, sara, arne]
  const waiting =
    known.length === 0
      ? logs
      : logs.filter(({ id }) => statusOf.get(id) === 'draft' || isCutShort(statusOf, logs))
  if (waiting.length === 0) return
  log.info('Writing the demo municipality’s logs …')
  const unfinished = waiting.filter(({ id }) => statusOf.get(id) !== 'active')
  // What goes across logs comes before the last of them is done: a start that is cut short there comes back to it.
  for (const demo of unfinished)
    await seedLog(deps, demo, async () => {
      if (demo === unfinished.at(-1)) await seedMeetings(deps)
    })
  log.info({ logs: waiting.length }, 'The demo municipality is ready')
}

/** The first start ended before its last log was begun. */
const isCutShort = (statusOf: ReadonlyMap<string, string>, logs: readonly DemoLog[]): boolean =>
  logs.some(({ id }) => statusOf.get(id) === 'draft')

async function seedLog(
  { rows, collab, clock }: Dependencies,
  demo: DemoLog,
  beforeItIsDone: () => Promise<void>,
) {
  const people = new Map<string, Person>(demoPeople.map((person) => [person.id, person]))
  const personOf = (id: string): Person => {
    const person = people.get(id)
    if (!person) throw new Error(`no person ${id} in the demo`)
    return person
  }
  const document = documentName(demo.id, 'shared')
  // A clock that is behind must not see lines from the future.
  const time = (at: string) => Math.min(Date.parse(at), clock())
  const begun = time(demo.steps[0]?.at ?? '')

  await rows.transaction().execute(async (trx) => {
    const coordinator = personOf(demo.coordinator)
    await trx
      .insertInto('cases')
      .values({
        id: demo.id,
        subject_name: demo.subject.name,
        subject_kind: demo.subject.kind,
        subject_about: demo.subject.about,
        status: 'draft',
        level: demo.level,
        coordinator: coordinator.id,
        raised_by: coordinator.service,
        created_by: coordinator.id,
        created_at: begun,
        updated_at: begun,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const members = Object.entries({ ...demo.members, [demo.coordinator]: 'coordinator' })
    await trx
      .insertInto('memberships')
      .values(
        members.map(([id, role]) => ({
          case_id: demo.id,
          person: id,
          service: personOf(id).service,
          role,
          added_at: begun,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })

  const { written } = await rows
    .selectFrom('updates')
    .where('document', '=', document)
    .select(({ fn }) => fn.countAll<number>().as('written'))
    .executeTakeFirstOrThrow()
  for (const { by, at, write } of demo.steps.slice(written)) {
    await collab.writeAs({ document, person: personOf(by), at: time(at) }, write)
  }
  await seedReadings(rows, document, [demo.coordinator, ...Object.keys(demo.members)])
  await beforeItIsDone()
  await seedComments({ rows, collab, personOf, time }, demo.id)
  await rows.updateTable('cases').set({ status: 'active' }).where('id', '=', demo.id).execute()
}

/** Everybody has read the log up to their own last line in it. */
async function seedReadings(rows: Kysely<Database>, document: string, people: readonly string[]) {
  const own = await rows
    .selectFrom('updates')
    .where('document', '=', document)
    .groupBy('author')
    .select(['author', ({ fn }) => fn.max('seq').as('seq'), ({ fn }) => fn.max('at').as('at')])
    .execute()
  const readings = people.map((person) => {
    const last = own.find(({ author }) => author === person)
    return { document, person, joined: 0, up_to: Number(last?.seq ?? 0), blocks: '{}', at: last?.at ?? null }
  })
  await rows
    .insertInto('readings')
    .values(readings)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
