import type { Kysely } from 'kysely'
import type { PersonId } from '../../shared/ids.ts'
import { MailChoice } from '../../shared/notifications.ts'
import type { Database } from '../db/schema.ts'

export type MailSettings = { email: string; mail: MailChoice }

/** Nobody is written to before they have asked for it. */
const silent: MailSettings = { email: '', mail: 'off' }

const settingsOf = (row: { email: string; mail: string }): MailSettings => ({
  email: row.email,
  mail: MailChoice.parse(row.mail),
})

/** Where and when somebody wants e-mail. */
export async function readSettings(rows: Kysely<Database>, person: PersonId): Promise<MailSettings> {
  const row = await rows
    .selectFrom('mail_settings')
    .where('person', '=', person)
    .select(['email', 'mail'])
    .executeTakeFirst()
  return row ? settingsOf(row) : silent
}

export async function writeSettings(
  rows: Kysely<Database>,
  person: PersonId,
  settings: MailSettings,
): Promise<void> {
  await rows
    .insertInto('mail_settings')
    .values({ person, ...settings })
    .onConflict((conflict) => conflict.column('person').doUpdateSet(settings))
    .execute()
}

/** Everybody who wants e-mail of this kind and has an address. */
export async function whoWants(rows: Kysely<Database>, mail: MailChoice): Promise<string[]> {
  const people = await rows
    .selectFrom('mail_settings')
    .where('mail', '=', mail)
    .where('email', '!=', '')
    .select('person')
    .execute()
  return people.map(({ person }) => person)
}
