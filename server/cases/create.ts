import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { concern, paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks } from '../../shared/case-log/document.ts'
import type { NewCase } from '../../shared/cases.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { BlockId, CaseId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { can, roleWhenInvited } from '../../shared/roles.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import type { People } from '../people/people.ts'

type Dependencies = {
  rows: Kysely<Database>
  people: People
  collab: Pick<Collab, 'writeAs'>
  clock: () => number
}

/**
 * Starts a log: the writer becomes coordinator and the concern its first block. A draft until the concern is
 * stored, so that a log without its reason never passes for a real one. The same request again is the same log.
 */
export async function createCase(
  { rows, people, collab, clock }: Dependencies,
  writer: Person,
  { subject, concern: words, service, members, request = BlockId.parse(randomUUID()) }: NewCase,
): Promise<CaseId> {
  if (!can(writer.role, 'case.create')) throw new AppError('notAllowed')
  if (service !== writer.service)
    throw new AppError('invalidInput', { field: 'body.service', reason: 'not yours' })
  const invited = await invitedPeople(people, writer, members)
  const now = clock()

  const id = await rows.transaction().execute(async (trx) => {
    const id = CaseId.parse(randomUUID())
    // Written before it is read: the same request at the same time waits here for the first.
    const { numInsertedOrUpdatedRows: isNew } = await trx
      .insertInto('case_requests')
      .values({ person: writer.id, request, case_id: id, at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (!isNew) {
      const before = await trx
        .selectFrom('case_requests')
        .where('person', '=', writer.id)
        .where('request', '=', request)
        .select('case_id')
        .executeTakeFirstOrThrow()
      return CaseId.parse(before.case_id)
    }
    await trx
      .insertInto('cases')
      .values({
        id,
        subject_name: subject.name,
        subject_kind: subject.kind,
        subject_about: subject.about,
        status: 'draft',
        level: 0,
        coordinator: writer.id,
        raised_by: service,
        created_by: writer.id,
        created_at: now,
        updated_at: now,
      })
      .execute()
    const coordinator = { case_id: id, person: writer.id, service, role: 'coordinator', added_at: now }
    const others = invited.map((person) => ({
      case_id: id,
      person: person.id,
      service: person.service,
      role: roleWhenInvited[person.role],
      added_at: now,
    }))
    await trx
      .insertInto('memberships')
      .values([coordinator, ...others])
      .execute()
    const detail = {
      kind: 'created',
      invited: others.map(({ person, role }) => `${person}:${role}`).join(' '),
    }
    await recordAudit(trx, { person: writer.id, service, action: 'change', caseId: id, detail })
    return id
  })

  await collab.writeAs(
    { document: documentName(id, 'shared'), person: writer, line: BlockId.parse(id) },
    (doc) => {
      appendBlocks(doc, [
        concern(
          { service, status: 'new' },
          words.split(/\n+/).map((line) => paragraph(line.trim())),
        ),
      ])
    },
  )
  await rows
    .updateTable('cases')
    .set({ status: 'active' })
    .where('id', '=', id)
    .where('status', '=', 'draft')
    .execute()
  return id
}

async function invitedPeople(people: People, writer: Person, ids: NewCase['members']): Promise<Person[]> {
  const known = new Map((await people.all()).map((person) => [person.id, person]))
  return [...new Set(ids)]
    .filter((id) => id !== writer.id)
    .map((id) => {
      const person = known.get(id)
      if (!person)
        throw new AppError('invalidInput', { field: `body.members.${ids.indexOf(id)}`, reason: 'unknown' })
      return person
    })
}
