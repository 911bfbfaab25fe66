import { createEncoder, toUint8Array, writeUint8Array, writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'
import { logFragment } from '../../shared/case-log/document.ts'
import { checkContent, isNew, writeDeletes } from '../collab/check-update.ts'
import { MergeWork } from '../collab/merge-work.ts'
import { Places } from '../collab/places.ts'
import type { DeletedRange, Scanned, Section, Struct } from '../collab/scan.ts'

/** Clocks of one client, `from` inclusive to `to` exclusive. */
export type Range = { client: number; from: number; to: number }

export type Sorted = {
  /** What the writer made and what the log has everything for: it goes in under its own ids. Null when there is none. */
  taken: { data: Uint8Array; ranges: Range[]; written: Struct[]; deletes: DeletedRange[] } | null
  /** What the log lacks and cannot take as it is: made by others, or built on what others made. */
  lost: Range[]
}

/** Where a client's structs have been taken up to. */
type Progress = { section: Section; from: number; next: number; end: number }

/**
 * Sorts what a client re-supplies to a log that has lost some of it. Client ids in `own` are the writer's, now or
 * in an earlier session. Deletions of others' text are left out: nobody knows whose they are.
 */
export function sortUpdate(
  doc: Y.Doc,
  own: ReadonlySet<number>,
  update: Uint8Array,
  scanned: Scanned,
): Sorted {
  const missing = scanned.sections.filter(({ client, end }) => end > Y.getState(doc.store, client))
  const progress = new Map<number, Progress>()
  for (const section of missing) {
    const from = Y.getState(doc.store, section.client)
    if (!own.has(section.client) || section.clock > from) continue
    const next = section.structs.findIndex(({ clock, length }) => clock + length > from)
    progress.set(section.client, { section, from, next, end: from })
  }
  boundWork(doc, missing)
  const written = takeWhatFits(doc, progress)
  const stateOf = (client: number) => progress.get(client)?.end ?? Y.getState(doc.store, client)
  const ranges = [...progress.values()]
    .filter(({ from, end }) => end > from)
    .map(({ section, from, end }) => ({ client: section.client, from, to: end }))
  const deletes = scanned.deletes.filter(
    (range) =>
      own.has(range.client) &&
      range.clock + range.length <= stateOf(range.client) &&
      isNew(doc, range, range.client, stateOf(range.client)),
  )
  const lost = missing
    .map(({ client, end }) => ({ client, from: stateOf(client), to: end }))
    .filter(({ from, to }) => to > from)
  const something = written.length > 0 || deletes.length > 0
  const data = something ? encode(update, [...progress.values()], deletes) : new Uint8Array()
  return { taken: something ? { data, ranges, written, deletes } : null, lost }
}

/** Goes round until nothing more fits: what one own client made may build on what another made. */
function takeWhatFits(doc: Y.Doc, progress: ReadonlyMap<number, Progress>): Struct[] {
  const places = new Places(doc)
  const written: Struct[] = []
  const known = ({ client, clock }: { client: number; clock: number }) =>
    clock < (progress.get(client)?.end ?? Y.getState(doc.store, client))
  for (let went = true; went; ) {
    went = false
    for (const own of progress.values()) {
      for (let struct = own.section.structs[own.next]; struct; struct = own.section.structs[own.next]) {
        const { origin, rightOrigin, parent } = struct
        const needs = [origin, rightOrigin, parent && 'client' in parent ? parent : null]
        if (!needs.every((id) => id === null || known(id))) break
        checkContent(struct, places.place(own.section.client, struct))
        written.push(struct)
        own.end = struct.clock + struct.length
        own.next++
        went = true
      }
    }
  }
  return written
}

/** What is not taken is merged as well, beside the log, to see what it says. */
function boundWork(doc: Y.Doc, missing: readonly Section[]) {
  const work = new MergeWork(doc, logFragment(doc))
  for (const { client, structs } of missing) for (const struct of structs) work.add(client, struct)
}

/** An update of the structs that were taken: each one's bytes stand for themselves. */
function encode(
  update: Uint8Array,
  taken: readonly Progress[],
  deletes: readonly DeletedRange[],
): Uint8Array {
  const encoder = createEncoder()
  const sections = taken.filter(({ next }) => next > 0)
  writeVarUint(encoder, sections.length)
  for (const { section, next } of sections) {
    const last = section.structs[next - 1]
    const first = section.structs[0]
    if (!first || !last) continue
    writeVarUint(encoder, next)
    writeVarUint(encoder, section.client)
    writeVarUint(encoder, section.clock)
    writeUint8Array(encoder, update.subarray(first.start, last.stop))
  }
  writeDeletes(encoder, deletes)
  return toUint8Array(encoder)
}
