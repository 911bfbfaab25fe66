import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Kysely } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import { PersonId } from '../../shared/ids.ts'
import { Person } from '../../shared/people.ts'
import { type NewServiceAccount, ServiceAccount } from '../../shared/service-accounts.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Session } from '../auth/session.ts'
import type { Database } from '../db/schema.ts'

export type ServiceAccounts = {
  list(): Promise<ServiceAccount[]>
  /** The secret is told here and stored nowhere. */
  create(given: NewServiceAccount, by: Person): Promise<{ account: ServiceAccount; secret: string }>
  revoke(id: PersonId, by: Person): Promise<void>
  /** Who asks with `Authorization: Bearer <secret>`. */
  ofRequest(req: IncomingMessage): Promise<Session | undefined>
}

/** Programs with a name, a service and a secret; the database holds sha256 of it, so that its readers cannot sign in. */
export function createServiceAccounts(
  rows: Kysely<Database>,
  clock: () => number,
  onRevoked: (idHash: string) => void,
): ServiceAccounts {
  const all = () =>
    rows
      .selectFrom('service_accounts')
      .innerJoin('people', 'people.id', 'service_accounts.person')
      .select(['people.id', 'people.name', 'people.service', 'people.role', 'people.title'])
      .select(['service_accounts.id as account', 'made_at', 'revoked_at'])

  return {
    async list() {
      return (await all().orderBy('made_at').execute()).map(toAccount)
    },

    async create({ name, service }, by) {
      const id = PersonId.parse(`program-${randomUUID()}`)
      const secret = `stafett_${randomBytes(32).toString('base64url')}`
      const now = clock()
      await rows.transaction().execute(async (trx) => {
        await trx
          .insertInto('people')
          .values({ id, name, service, role: 'program', title: 'program' })
          .execute()
        const account = {
          id,
          person: id,
          secret_hash: hash(secret),
          made_by: by.id,
          made_at: now,
          revoked_at: null,
        }
        await trx.insertInto('service_accounts').values(account).execute()
        await audit(trx, by, { kind: 'serviceAccountMade', account: id }, now)
      })
      const account = { id, name, service, madeAt: new Date(now).toISOString(), revokedAt: null }
      return { account, secret }
    },

    async revoke(id, by) {
      const now = clock()
      await rows.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('service_accounts')
          .set({ revoked_at: now })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw new AppError('notFound')
        await audit(trx, by, { kind: 'serviceAccountRevoked', account: id }, now)
      })
      onRevoked(sessionOf(id))
    },

    async ofRequest(req) {
      const [, secret] = /^Bearer (stafett_[\w-]{43})$/.exec(req.headers.authorization ?? '') ?? []
      if (secret === undefined) return undefined
      const row = await all()
        .where('secret_hash', '=', hash(secret))
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      return row && { idHash: sessionOf(row.account), person: Person.parse(row) }
    },
  }
}

type Row = { id: string; name: string; service: string; made_at: number; revoked_at: number | null }

const toAccount = ({ id, name, service, made_at, revoked_at }: Row): ServiceAccount =>
  ServiceAccount.parse({
    id,
    name,
    service,
    madeAt: new Date(made_at).toISOString(),
    revokedAt: revoked_at === null ? null : new Date(revoked_at).toISOString(),
  })

const audit = (trx: Kysely<Database>, by: Person, detail: Record<string, string>, at: number) =>
  recordAudit(trx, { person: by.id, service: by.service, action: 'change', caseId: null, detail }, at)

/** What its tickets and sockets belong to, as a person's belong to a session. */
const sessionOf = (id: string): string => `account ${id}`

const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex')
