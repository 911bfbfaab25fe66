import { createEncoder, type Encoder, toUint8Array, writeUint8Array, writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'
import { isSafeLink } from '../../shared/blocks/marks.ts'
import { commentKey } from '../../shared/case-log/mark-key.ts'
import { AppError } from '../../shared/errors.ts'
import { ThreadId } from '../../shared/ids.ts'
import { knownContent, markName } from './known-content.ts'
import { type MaybeStanding, Places } from './places.ts'
import { type DeletedRange, type Scanned, type Section, type Struct, scanUpdate } from './scan.ts'

/** What is new in an update that may be applied. */
export type Checked = {
  /** What goes into the log: the update without what the document knows already. */
  data: Uint8Array
  /** Clocks of the writer's own client that it adds, `from` inclusive to `to` exclusive. */
  from: number
  to: number
  written: Struct[]
  deletes: DeletedRange[]
  /** All that it says is deleted, also what the document knows to be. */
  named: DeletedRange[]
}

/**
 * Holds an update against the document it is for. It passes when everything new in it was made under `client`,
 * builds on what is there, and builds only what the block schema knows; undefined when it brings nothing new.
 * Nothing is applied. Throws AppError only. `scanned` is what reading it gave, where it has been read already.
 */
export function checkUpdate(
  doc: Y.Doc,
  client: number,
  update: Uint8Array,
  { sections, deletes, deletesAt }: Scanned = scanUpdate(update),
): Checked | undefined {
  const state = Y.getState(doc.store, client)
  let own: Section | undefined
  for (const section of sections) {
    if (section.client === client) own = section
    else if (section.end > Y.getState(doc.store, section.client))
      throw new AppError('updateForged', { reason: 'structs of another client' })
  }
  if (own && own.clock > state)
    throw new AppError('updateIncomplete', { reason: 'a gap before the first struct' })
  const to = Math.max(state, own?.end ?? 0)
  const written = own && to > state ? checkStructs(doc, client, state, own) : []
  const fresh = deletes.filter((range) => isNew(doc, range, client, to))
  if (written.length === 0 && fresh.length === 0) return undefined
  const whole = fresh.length === deletes.length
  const data = whole ? update : withDeletes(update.subarray(0, deletesAt), fresh)
  return { data, from: state, to, written, deletes: fresh, named: deletes }
}

function checkStructs(doc: Y.Doc, client: number, state: number, section: Section): Struct[] {
  const places = new Places(doc)
  const written: Struct[] = []
  for (const struct of section.structs) {
    if (struct.clock + struct.length <= state) continue
    for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
      if (id !== null && 'client' in id) checkDependency(doc, id, client, struct.clock)
    }
    checkContent(struct, places.place(client, freshPart(struct, client, state)))
    written.push(struct)
  }
  return written
}

/** What of a struct is not in the document yet, as Yjs takes it in: right behind the part that is. */
function freshPart(struct: Struct, client: number, state: number): Struct {
  const known = state - struct.clock
  // What was swept away stands nowhere.
  const isNowhere = struct.origin === null && struct.rightOrigin === null && struct.parent === null
  if (known <= 0 || isNowhere) return struct
  const origin = { client, clock: state - 1 }
  return { ...struct, clock: state, length: struct.length - known, origin, parent: null }
}

function checkDependency(doc: Y.Doc, id: { client: number; clock: number }, client: number, clock: number) {
  if (id.client === client) {
    if (id.clock >= clock) throw new AppError('updateMalformed', { reason: 'builds on what comes after it' })
  } else if (id.clock >= Y.getState(doc.store, id.client))
    throw new AppError('updateIncomplete', { reason: 'builds on what is not there' })
}

/** Holds what a struct brings, and where, against the block schema. */
export function checkContent({ content, length }: Struct, standing: MaybeStanding) {
  if (content.kind === 'gone') return
  const known = knownContent()
  if (content.kind === 'element' && !known.attributes.has(content.name)) throw unknown('a block')
  if (content.kind === 'mark') checkMark(content.key, content.value)
  if (!standing) return
  const within = standing.in
  const fits =
    within === 'text'
      ? standing.sub === null && (content.kind === 'text' || content.kind === 'mark')
      : standing.sub === null
        ? content.kind === 'element'
          ? known.children.get(within.element)?.has(content.name)
          : content.kind === 'xmlText' && known.textBlocks.has(within.element)
        : content.kind === 'values' && length === 1 && known.attributes.get(within.element)?.has(standing.sub)
  if (!fits) throw unknown('something where it cannot stand')
}

function checkMark(key: string, value: unknown) {
  const name = markName(key)
  if (!knownContent().marks.has(name)) throw unknown('a mark')
  if (value === null) return
  if (typeof value !== 'object') throw unknown('a mark’s value')
  const href = 'href' in value ? value.href : undefined
  if (name === 'comment') checkComment(key, value)
  if (name === 'link' && href !== undefined && href !== null && !isSafeLink(href)) throw unknown('a link')
}

/** Editors carry a thread's mark along as the server wrote it: its id, nothing beside it, under the one key for it. */
function checkComment(key: string, value: object) {
  const thread = ThreadId.safeParse('thread' in value ? value.thread : undefined)
  const isWhole = thread.success && Object.keys(value).length === 1 && key === commentKey(thread.data)
  if (!isWhole) throw unknown('a comment’s mark')
}

/** Whether any of the range is still there; a range beyond what is known would wait in the document for ever. */
export function isNew(
  doc: Y.Doc,
  { client, clock, length }: DeletedRange,
  own: number,
  ownEnd: number,
): boolean {
  const state = Y.getState(doc.store, client)
  const end = clock + length
  if (end > (client === own ? ownEnd : state))
    throw new AppError('updateIncomplete', { reason: 'deletes what is not there' })
  if (end > state) return true
  const structs = doc.store.clients.get(client) ?? []
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
    const struct = structs[index]
    if (!struct || struct.id.clock >= end) return false
    if (!struct.deleted) return true
  }
  return false
}

/** Joining clients send everything they ever saw deleted: what is known of it stays out of the log. */
function withDeletes(structs: Uint8Array, deletes: readonly DeletedRange[]): Uint8Array {
  const encoder = createEncoder()
  writeUint8Array(encoder, structs)
  writeDeletes(encoder, deletes)
  return toUint8Array(encoder)
}

/** The delete set of an update, as Yjs writes it. */
export function writeDeletes(encoder: Encoder, deletes: readonly DeletedRange[]): void {
  const byClient = Map.groupBy(deletes, ({ client }) => client)
  writeVarUint(encoder, byClient.size)
  for (const [client, ranges] of byClient) {
    writeVarUint(encoder, client)
    writeVarUint(encoder, ranges.length)
    for (const { clock, length } of ranges) {
      writeVarUint(encoder, clock)
      writeVarUint(encoder, length)
    }
  }
}

const unknown = (what: string) =>
  new AppError('updateUnknownContent', { reason: `${what} that the blocks do not know` })
