import type { Kysely } from 'kysely'
import type { PersonId } from '../../shared/ids.ts'
import { Person } from '../../shared/people.ts'
import type { Database } from '../db/schema.ts'

export type People = {
  find(id: PersonId): Promise<Person | undefined>
  all(): Promise<Person[]>
}

/** Who there is in the municipality. */
export const createPeople = (rows: Kysely<Database>): People => ({
  async find(id) {
    const row = await rows.selectFrom('people').where('id', '=', id).selectAll().executeTakeFirst()
    return row && Person.parse(row)
  },
  async all() {
    const people = await rows.selectFrom('people').selectAll().orderBy('name').execute()
    return people.map((row) => Person.parse(row))
  },
})
