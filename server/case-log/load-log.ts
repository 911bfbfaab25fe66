import * as Y from 'yjs'
import { logFragment } from '../../shared/case-log/document.ts'
import { firstOf, scanUpdate } from '../collab/scan.ts'
import type { StoredLog, StoredUpdate } from '../db/update-store.ts'
import { Authorship, type CarriedRun } from './authorship.ts'
import { onlyAnchors } from './only-anchors.ts'

export type LoadedLog = {
  authorship: Authorship
  /** Everything up to this sequence number is in the document. */
  seq: number
  /** Updates and bytes since the checkpoint. */
  tail: number
  bytes: number
}

/** Brings a document to where its log ends: checkpoint and tail in one transaction. */
export function applyLog(
  doc: Y.Doc,
  { checkpoint, tail }: StoredLog,
  onBroken: (seq: number, error: unknown) => void,
): LoadedLog {
  const authorship = checkpoint ? Authorship.decode(checkpoint.authorship) : new Authorship()
  // Named before anything is in it: else the elements at its top would not know what they stand in.
  logFragment(doc)
  doc.transact(() => {
    if (checkpoint) Y.applyUpdate(doc, checkpoint.data)
    for (const update of tail) {
      try {
        applyStored(doc, authorship, update)
      } catch (error) {
        // The gate lets none of these in; one that is there all the same must not shut the whole log.
        onBroken(update.seq, error)
      }
    }
  })
  return {
    authorship,
    seq: tail.at(-1)?.seq ?? checkpoint?.seq ?? 0,
    tail: tail.length,
    bytes: tail.reduce((sum, { data }) => sum + data.length, checkpoint?.data.length ?? 0),
  }
}

/** Applies the next update of a log and notes who wrote what it brings. */
export function applyStored(doc: Y.Doc, authorship: Authorship, update: StoredUpdate): void {
  const before = firstOf(update.data)
  Y.applyUpdate(doc, update.data)
  if (before) attribute(doc, authorship, update, before)
}

function attribute(
  doc: Y.Doc,
  authorship: Authorship,
  { author, service, at, carried, data }: StoredUpdate,
  first: { sections: number; client: number; clock: number },
) {
  const writer = { person: author, service }
  const runs = carried === undefined ? [] : parseCarried(carried)
  if (first.sections === 1) {
    // Where it ends need not be read: the document knows how far this client has come.
    const end = Y.getState(doc.store, first.client)
    const isLine = !onlyAnchors(doc, first.client, first.clock, end)
    authorship.add(first.client, first.clock, end, writer, at, runs, isLine)
    return
  }
  for (const { client, clock, end } of scanUpdate(data).sections) {
    authorship.add(client, clock, end, writer, at, runs)
  }
}

/** `updates.carried` as it was written by `writeCarried`. */
function parseCarried(text: string): CarriedRun[] {
  const runs: CarriedRun[] = JSON.parse(text)
  return runs
}

export const writeCarried = (runs: readonly CarriedRun[]): string | undefined =>
  runs.length === 0 ? undefined : JSON.stringify(runs)
