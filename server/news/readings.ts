import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { DocumentName } from '../../shared/collab/protocol.ts'
import { PersonId } from '../../shared/ids.ts'
import type { Database } from '../db/schema.ts'
import type { Reading } from './reader.ts'

/** A reading with the time of the last look; null before the first. */
export type StoredReading = Reading & { readonly at: number | null }

const Blocks = z.record(z.string(), z.array(z.number()))

/** How far people have read, by person; whoever has no row yet is left out. */
export async function loadReadings(
  rows: Kysely<Database>,
  document: DocumentName,
  people: readonly PersonId[],
): Promise<Map<PersonId, StoredReading>> {
  if (people.length === 0) return new Map()
  const found = await rows
    .selectFrom('readings')
    .where('document', '=', document)
    .where('person', 'in', people)
    .selectAll()
    .execute()
  return new Map(
    found.map(({ person, joined, up_to, blocks, at }) => {
      const id = PersonId.parse(person)
      const known = new Map(Object.entries(Blocks.parse(JSON.parse(blocks))))
      return [id, { person: id, joined, upTo: up_to, blocks: known, at }]
    }),
  )
}

export async function storeReading(
  rows: Kysely<Database>,
  document: DocumentName,
  { person, joined, upTo, blocks, at }: StoredReading,
): Promise<void> {
  const read = { up_to: upTo, blocks: JSON.stringify(Object.fromEntries(blocks)), at }
  await rows
    .insertInto('readings')
    .values({ document, person, joined, ...read })
    .onConflict((conflict) => conflict.columns(['document', 'person']).doUpdateSet(read))
    .execute()
}
