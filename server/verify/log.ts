import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import { logFragment } from '../../shared/case-log/document.ts'
import { parseDocumentName } from '../../shared/collab/protocol.ts'
import { PersonId, ServiceId } from '../../shared/ids.ts'
import { Authorship } from '../case-log/authorship.ts'
import { applyStored } from '../case-log/load-log.ts'
import { project } from '../case-log/projection.ts'
import { firstOf, scanUpdate } from '../collab/scan.ts'
import type { Database } from '../db/schema.ts'
import type { StoredUpdate } from '../db/update-store.ts'
import { createAuditCheck, type Written } from './audit.ts'
import { type Unlike, unlikeAuthors, unlikeDocuments, unlikeRows } from './compare.ts'
import { type Difference, PAGE } from './difference.ts'

export type VerifiedLog = {
  updates: number
  /** Updates that its rows do not know of yet: rows follow the log by a moment. */
  behind: number
  difference: Difference | undefined
}

type Copy = { doc: Y.Doc; authorship: Authorship }

/** Replays one log from its updates alone, and holds everything else that is stored of it against that. */
export async function verifyLog(
  rows: Kysely<Database>,
  document: string,
  audited: readonly Written[],
  tell: (updates: number) => void,
): Promise<VerifiedLog> {
  const replay = newCopy()
  const checkpoint = await rows
    .selectFrom('checkpoints')
    .selectAll()
    .where('document', '=', document)
    .executeTakeFirst()
  const opened = checkpoint && newCopy(checkpoint)
  const claims = await claimsOf(rows, document)
  const audit = createAuditCheck(audited)
  const projectedAt = await seqOfRows(rows, document)
  let updates = 0
  let behind = 0
  let seq = 0
  const ends = (what: string | undefined, at = seq): VerifiedLog => ({
    updates,
    behind,
    difference: what === undefined ? undefined : { where: document, seq: at, what },
  })

  let compared = projectedAt === undefined
  /** Holds the rows against the log as it stood when they were derived. */
  async function compareRows() {
    if (compared || seq !== projectedAt) return undefined
    compared = true
    return unlikeRows(rows, document, project(replay.doc, replay.authorship, seq))
  }

  const differing = await compareRows()
  if (differing) return ends(differing)
  for (let more = true; more; ) {
    const page = await pageAfter(rows, document, seq)
    more = page.length === PAGE
    const until = compared ? 0 : (projectedAt ?? 0)
    for (const part of [page.filter((row) => row.seq <= until), page.filter((row) => row.seq > until)]) {
      let broken: string | undefined
      replay.doc.transact(() => {
        for (const update of part) {
          seq = update.seq
          broken = audit.update(seq, update.author) ?? applied(replay, claims, update)
          if (broken !== undefined) return
          if (opened && seq > opened.seq) applyStored(opened.doc, opened.authorship, update)
          updates++
        }
      })
      broken ??= await compareRows()
      if (broken !== undefined) return ends(broken)
      if (seq > (projectedAt ?? 0)) behind += part.length
    }
    tell(updates)
  }

  if (!compared) return ends('its rows were derived at an update that the log does not have', projectedAt)
  const unaudited = audit.end()
  if (unaudited) return ends(unaudited.what, unaudited.seq)
  if (!opened) return ends(undefined)
  if (opened.seq > seq) return ends('the checkpoint knows of a later update than the log', opened.seq)
  const unlike =
    unlikeDocuments(replay.doc, opened.doc) ?? unlikeAuthors(replay.doc, replay.authorship, opened.authorship)
  if (!unlike) return ends(undefined)
  return ends(unlike.what, (await seqOf(rows, document, unlike)) ?? opened.seq)
}

function newCopy(): Copy
function newCopy(checkpoint: {
  seq: number
  data: Uint8Array
  authorship: Uint8Array
}): Copy & { seq: number }
function newCopy(checkpoint?: { seq: number; data: Uint8Array; authorship: Uint8Array }) {
  const doc = new Y.Doc()
  logFragment(doc)
  if (!checkpoint) return { doc, authorship: new Authorship() }
  Y.applyUpdate(doc, checkpoint.data)
  return { doc, authorship: Authorship.decode(checkpoint.authorship), seq: checkpoint.seq }
}

/** Applies an update; says why it cannot be one that the gate let in. */
function applied(
  { doc, authorship }: Copy,
  claims: ReadonlyMap<number, string>,
  update: StoredUpdate,
): string | undefined {
  try {
    const first = firstOf(update.data)
    const sections =
      first?.sections === 1 ? [first] : first ? scanUpdate(update.data).sections : ([] as const)
    const before = new Map(sections.map(({ client }) => [client, Y.getState(doc.store, client)]))
    applyStored(doc, authorship, update)
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
      return 'it builds on something that no update before it brought'
    for (const [client, state] of before) {
      if (Y.getState(doc.store, client) === state || claims.get(client) === update.author) continue
      return `${update.author} is its author, but client ${client} is claimed by ${claims.get(client) ?? 'nobody'}`
    }
    return undefined
  } catch {
    return 'it cannot be read'
  }
}

async function pageAfter(rows: Kysely<Database>, document: string, seq: number): Promise<StoredUpdate[]> {
  const page = await rows
    .selectFrom('updates')
    .select(['seq', 'author', 'service', 'at', 'data', 'carried'])
    .where('document', '=', document)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(PAGE)
    .execute()
  return page.map(({ author, service, carried, ...row }) => ({
    ...row,
    author: PersonId.parse(author),
    service: ServiceId.parse(service),
    carried: carried ?? undefined,
  }))
}

async function claimsOf(rows: Kysely<Database>, document: string): Promise<Map<number, string>> {
  const claims = await rows
    .selectFrom('client_claims')
    .select(['client_id', 'person'])
    .where('document', '=', document)
    .execute()
  return new Map(claims.map(({ client_id, person }) => [client_id, person]))
}

/** The update up to which the rows of a log were derived; undefined for one that has none. */
async function seqOfRows(rows: Kysely<Database>, document: string): Promise<number | undefined> {
  if (parseDocumentName(document)?.audience !== 'shared') return undefined
  const found = await rows
    .selectFrom('log_texts')
    .select('seq')
    .where('document', '=', document)
    .executeTakeFirst()
  return found?.seq
}

/** The first update that brought one of these clocks. */
async function seqOf(rows: Kysely<Database>, document: string, { at }: Unlike) {
  if (at.length === 0) return undefined
  for (let seq = 0; ; ) {
    const page = await pageAfter(rows, document, seq)
    for (const { data, ...update } of page) {
      const { sections } = scanUpdate(data)
      const brings = at.some(({ client, clock }) =>
        sections.some(
          (section) => section.client === client && section.clock <= clock && clock < section.end,
        ),
      )
      if (brings) return update.seq
      seq = update.seq
    }
    if (page.length < PAGE) return undefined
  }
}
