import { documentName } from '../../shared/collab/protocol.ts'
import { type CaseId, PersonId, ServiceId } from '../../shared/ids.ts'
import { CaseRole, can } from '../../shared/roles.ts'
import type { NewsDependencies } from './dependencies.ts'
import { loadReadings, type StoredReading, storeReading } from './readings.ts'

export type ServiceReaders = { service: ServiceId; readings: StoredReading[] }
export type Readers = {
  /** How far everybody who may read a log has read it, by service; undefined while nothing is written in it. */
  allOf(caseId: CaseId): Promise<ServiceReaders[] | undefined>
  readingOf(caseId: CaseId, person: PersonId): Promise<StoredReading | undefined>
}

/** Who reads a log. Whoever comes to it begins from the day they joined: what stood there before is no news. */
export function createReaders({ rows, histories }: Pick<NewsDependencies, 'rows' | 'histories'>): Readers {
  const membersOf = async (caseId: CaseId) => {
    const members = await rows.selectFrom('memberships').where('case_id', '=', caseId).selectAll().execute()
    return members
      .filter(({ role }) => can(CaseRole.parse(role), 'log.read'))
      .map(({ person, service, added_at }) => ({
        person: PersonId.parse(person),
        service: ServiceId.parse(service),
        addedAt: added_at,
      }))
  }

  async function isWritten(document: string): Promise<boolean> {
    const found = await rows
      .selectFrom('updates')
      .where('document', '=', document)
      .select('seq')
      .limit(1)
      .execute()
    return found.length > 0
  }

  async function readingsOf(caseId: CaseId, members: Awaited<ReturnType<typeof membersOf>>) {
    const document = documentName(caseId, 'shared')
    const people = members.map(({ person }) => person)
    const readings = await loadReadings(rows, document, people)
    for (const { person, addedAt } of members) {
      if (readings.has(person)) continue
      const joined = await histories.ask(document, 'seqAt', { at: addedAt })
      const reading: StoredReading = { person, joined, upTo: joined, blocks: new Map(), at: null }
      await storeReading(rows, document, reading)
      readings.set(person, reading)
    }
    return readings
  }

  return {
    async allOf(caseId) {
      if (!(await isWritten(documentName(caseId, 'shared')))) return undefined
      const members = await membersOf(caseId)
      const readings = await readingsOf(caseId, members)
      return [...Map.groupBy(members, ({ service }) => service)].map(([service, people]) => ({
        service,
        readings: people.flatMap(({ person }) => readings.get(person) ?? []),
      }))
    },
    async readingOf(caseId, person) {
      if (!(await isWritten(documentName(caseId, 'shared')))) return undefined
      const members = (await membersOf(caseId)).filter((member) => member.person === person)
      return (await readingsOf(caseId, members)).get(person)
    },
  }
}
