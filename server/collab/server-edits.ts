import type { DirectConnection, Document, Hocuspocus } from '@hocuspocus/server'
import * as Y from 'yjs'
import { BLOCKS_VERSION } from '../../shared/blocks/registry.ts'
import { type DocumentName, parseDocumentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { type BlockId, ClientId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Authorship, CarriedRun } from '../case-log/authorship.ts'
import { writeCarried } from '../case-log/load-log.ts'
import { onlyAnchors } from '../case-log/only-anchors.ts'
import { faultOf } from '../log.ts'
import type { CollabDependencies } from './dependencies.ts'
import type { Gate } from './gate.ts'
import { unwrap } from './hooks.ts'
import type { LiveLog } from './live-log.ts'
import type { CollabContext } from './visit.ts'

export type Target = {
  document: DocumentName
  person: Person
  /** When it was written, if not now: the demo's logs have a past. */
  at?: number
  /** The line this edit writes: the same id again changes nothing. */
  line?: BlockId
  /** Text in it that somebody else wrote, asked for when it is made. */
  carried?: (authorship: Authorship) => CarriedRun[]
  /** Unloading the log waits for this edit, which must not wait for the unloading then. */
  unloadsLater?: boolean
}

export type ServerEdits = {
  /** Resolves with the edit's sequence number; 0 when there was nothing to change, or its line was there already. */
  writeAs(target: Target, change: (doc: Y.Doc) => void): Promise<number>
  /** Looks at a log, which is opened for it when nobody has, as it is after the update `seq`. */
  read<T>(document: DocumentName, look: (doc: Y.Doc, seq: number) => T): Promise<T>
  /** Makes sure that a document has its row. */
  enrol(document: DocumentName): Promise<{ blocksVersion: number }>
}

/** Edits by the server on somebody's behalf: the same way as everybody's, logged before they are applied and sent. */
export function createServerEdits(
  deps: CollabDependencies,
  hocuspocus: Hocuspocus<CollabContext>,
  gate: Gate,
  liveLogOf: (document: Document) => LiveLog,
): ServerEdits {
  const { rows, updates } = deps.storage
  /** One server edit at a time in each log, since they share client ids. */
  const lasts = new WeakMap<LiveLog, Promise<unknown>>()
  const clientIds = new WeakMap<LiveLog, Map<string, ClientId>>()

  async function enrol(document: DocumentName) {
    const name = parseDocumentName(document)
    if (!name) throw new AppError('notFound')
    const stored = await rows
      .selectFrom('documents')
      .where('name', '=', document)
      .select('blocks_version')
      .executeTakeFirst()
    if (stored) return { blocksVersion: stored.blocks_version }
    await rows
      .insertInto('documents')
      .values({
        name: document,
        case_id: name.caseId,
        audience: name.audience,
        blocks_version: BLOCKS_VERSION,
        created_at: deps.clock(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return { blocksVersion: BLOCKS_VERSION }
  }

  async function openDocument(name: DocumentName) {
    while (true) {
      const direct = await hocuspocus.openDirectConnection(name, {}).catch((error: unknown) => {
        throw unwrap(error)
      })
      const { document } = direct
      // One that was just being unloaded is nobody's any more.
      if (document && hocuspocus.documents.get(name) === document) return { direct, document }
      await direct.disconnect()
    }
  }

  async function leave(name: DocumentName, direct: DirectConnection, unloadsLater: boolean) {
    const left = direct.disconnect()
    if (!unloadsLater) return left
    left.catch((error: unknown) =>
      deps.log.error({ document: name, ...faultOf(error) }, 'a log could not be let go of'),
    )
  }

  async function clientIdFor(log: LiveLog, person: Person): Promise<ClientId> {
    const known = clientIds.get(log) ?? new Map<string, ClientId>()
    clientIds.set(log, known)
    const claimed = known.get(person.id)
    if (claimed !== undefined) return claimed
    while (true) {
      const clientId = ClientId.parse(Math.floor(Math.random() * 0xffff_fffe) + 1)
      if (log.document.store.clients.has(clientId)) continue
      const at = deps.clock()
      const claim = { document: log.name, clientId, person: person.id, service: person.service, at }
      if (!(await updates.claim(claim))) continue
      known.set(person.id, clientId)
      return clientId
    }
  }

  async function edit(
    log: LiveLog,
    { person, at = deps.clock(), line, carried: carriedIn }: Target,
    change: (doc: Y.Doc) => void,
  ): Promise<number> {
    const clientId = await clientIdFor(log, person)
    const scratch = new Y.Doc()
    try {
      Y.applyUpdate(scratch, Y.encodeStateAsUpdate(log.document))
      // Named after loading: Yjs draws a new id when it meets its own from outside.
      scratch.clientID = clientId
      const from = Y.getState(scratch.store, clientId)
      const made: Uint8Array[] = []
      scratch.on('update', (update: Uint8Array) => made.push(update))
      scratch.transact(() => change(scratch))
      if (made.length === 0) return 0
      const data = Y.mergeUpdates(made)
      const carried = carriedIn?.(log.authorship) ?? []
      const text = writeCarried(carried)
      const { id: author, service } = person
      log.makeRoom(data.length)
      const seq = await gate.store(log, {
        document: log.name,
        author,
        service,
        at,
        data,
        ...(line === undefined ? {} : { line }),
        ...(text === undefined ? {} : { carried: text }),
      })
      if (seq === 0) return 0
      const to = Y.getState(scratch.store, clientId)
      const isLine = !onlyAnchors(scratch, clientId, from, to)
      log.authorship.add(clientId, from, to, { person: author, service }, at, carried, isLine)
      Y.applyUpdate(log.document, data, { source: 'local' })
      log.applied(seq)
      return seq
    } finally {
      scratch.destroy()
    }
  }

  return {
    enrol,
    async read(name, look) {
      const { direct, document } = await openDocument(name)
      try {
        return look(document, liveLogOf(document).seq())
      } finally {
        await direct.disconnect()
      }
    },
    async writeAs(target, change) {
      await enrol(target.document)
      const { direct, document } = await openDocument(target.document)
      try {
        const log = liveLogOf(document)
        const mine = (lasts.get(log) ?? Promise.resolve()).then(() => edit(log, target, change))
        lasts.set(
          log,
          mine.catch(() => {}),
        )
        return await mine
      } finally {
        await leave(target.document, direct, target.unloadsLater === true)
      }
    },
  }
}
