import type { Kysely } from 'kysely'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { HistorySession, Seq } from '../../shared/history.ts'
import { historyRoutes } from '../../shared/history-routes.ts'
import { BlockId, type CaseId, PersonId, ServiceId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Access } from '../auth/access.ts'
import type { Writer } from '../case-log/authorship.ts'
import type { ReadKind, Reads } from '../cases/reads.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import type { Api } from '../http/handle.ts'
import type { People } from '../people/people.ts'
import type { Histories } from './histories.ts'
import { createRestores, type Restores } from './restores.ts'
import { createVersions } from './versions.ts'

type Dependencies = {
  rows: Kysely<Database>
  access: Access
  people: People
  reads: Reads
  collab: Pick<Collab, 'writeAs'>
  histories: Histories
  clock: () => number
}

const PAGE = 40

/** How a log came to be: sessions, moments, who wrote what, names; and bringing back. */
export function historyApi(api: Api, deps: Dependencies) {
  const { rows, access, people, reads, histories, clock } = deps
  const versions = createVersions(rows, clock)
  const restores = createRestores(deps)
  const placeOf = (caseId: CaseId) => ({ caseId, document: documentName(caseId, 'shared') })

  /** The log's history, for somebody who may see it; the read is on record first. */
  async function read(person: Person, caseId: CaseId, kind: ReadKind) {
    await access.require(caseId, person.id, 'log.history')
    await reads.record(person, kind, [caseId])
    return placeOf(caseId)
  }

  async function names() {
    const known = new Map((await people.all()).map(({ id, name }) => [id, name]))
    return (person: PersonId) => known.get(person) ?? person
  }
  async function named(writers: readonly Writer[]) {
    const nameOf = await names()
    return writers.map(({ person, service }) => ({ person, service, name: nameOf(person) }))
  }

  /** A moment that somebody may speak of is one of this log. */
  async function momentAt(caseId: CaseId, seq: Seq): Promise<number> {
    const moment = await rows
      .selectFrom('updates')
      .where('document', '=', placeOf(caseId).document)
      .where('seq', '=', seq)
      .select('at')
      .executeTakeFirst()
    if (!moment) throw new AppError('invalidInput', { field: 'body.seq', reason: 'no moment of this log' })
    return moment.at
  }

  api.handle(historyRoutes.sessions, async ({ session: { person }, params: { id }, query }) => {
    const place = await read(person, id, 'history')
    const { before, zone } = query
    if (!isZone(zone)) throw new AppError('invalidInput', { field: 'query.zone', reason: 'unknown' })
    const restored = await restores.list(place)
    const about = { before, most: PAGE, restores: [...restored.keys()], zone }
    const { writers, sessions, days, ...page } = await histories.page(place.document, about)
    const given = await versions.list(place)
    const moments = await rows
      .selectFrom('updates')
      .where('seq', 'in', [0, ...given.map(({ seq }) => seq)])
      .select(['seq', 'at'])
      .execute()
    const at = new Map(moments.map((moment) => [moment.seq, moment.at]))
    const nameOf = await names()
    return {
      ...page,
      writers: await named(writers),
      sessions: sessions.map((session) => ({ ...session, ...restoreIn(restored, session.from) })),
      days: days.map((day) => ({
        ...day,
        services: day.services.map((service) => ServiceId.parse(service)),
      })),
      versions: given.map((version) => ({
        id: BlockId.parse(version.id),
        seq: version.seq,
        name: version.name,
        person: PersonId.parse(version.person),
        personName: nameOf(PersonId.parse(version.person)),
        momentAt: at.get(version.seq) ?? version.at,
        at: version.at,
      })),
    }
  })

  api.handle(historyRoutes.moment, async ({ session: { person }, params: { id }, query: { seq, since } }) => {
    const place = await read(person, id, 'moment')
    if (since !== undefined && since > seq)
      throw new AppError('invalidInput', { field: 'query.since', reason: 'after the moment' })
    const { writers, ...moment } = await histories.moment(place.document, seq, since)
    return { ...moment, writers: await named(writers) }
  })

  api.handle(historyRoutes.who, async ({ session: { person }, params: { id }, body: { ranges } }) => {
    const place = await read(person, id, 'moment')
    const { writers, runs } = await histories.who(place.document, ranges)
    return { writers: await named(writers), runs }
  })

  api.handle(historyRoutes.restore, async ({ session: { person }, params: { id }, body }) => {
    await access.require(id, person.id, 'log.write')
    return { seq: await restores.restore(person, placeOf(id), body) }
  })

  api.handle(historyRoutes.nameVersion, async ({ session: { person }, params: { id }, body }) => {
    await access.require(id, person.id, 'log.write')
    await momentAt(id, body.seq)
    await versions.give(person, placeOf(id), body)
    return {}
  })

  api.handle(historyRoutes.renameVersion, async ({ session: { person }, params, body }) => {
    await access.require(params.id, person.id, 'log.write')
    await versions.rename(person, placeOf(params.id), params.version, body.name)
    return {}
  })

  api.handle(historyRoutes.removeVersion, async ({ session: { person }, params }) => {
    await access.require(params.id, person.id, 'log.write')
    await versions.remove(person, placeOf(params.id), params.version)
    return {}
  })
}

function restoreIn(
  restored: Awaited<ReturnType<Restores['list']>>,
  seq: Seq,
): Pick<HistorySession, 'restore'> {
  const row = restored.get(seq)
  if (!row) return {}
  const { to_seq, undo, block, moment_at } = row
  return { restore: { to: to_seq, undo: undo === 1, block, momentAt: moment_at } }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
