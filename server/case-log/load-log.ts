import * as Y from 'yjs'
import { logFragment } from '../../shared/case-log/document.ts'
import { firstOf, scanUpdate } from '../collab/scan.ts'
import type { StoredLog, StoredUpdate } from '../db/update-store.ts'
import { Authorship, type CarriedRun } from './authorship.ts'
import { onlyAnchors } from './only-anchors.ts'
import { type Skimmed, skimUpdate } from './skim-update.ts'
import { UpdateBatch } from './update-batch.ts'

/** So many updates are applied at once: they are kept until that has gone well. */
const MOST_BATCHED = 2000

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
  const loaded = { seq: checkpoint?.seq ?? 0, bytes: checkpoint?.data.length ?? 0 }
  withoutListeners(doc, () =>
    doc.transact(() => {
      if (checkpoint) Y.applyUpdate(doc, checkpoint.data)
      const reader = createTailReader(doc, authorship, onBroken)
      for (const update of tail) {
        reader.take(update)
        loaded.seq = update.seq
        loaded.bytes += update.data.length
      }
      reader.end()
    }),
  )
  return { ...loaded, authorship, tail: tail.length }
}

/** Who listens for updates is sent each as bytes: for a log that is loaded, that is the whole log, for nobody. */
function withoutListeners(doc: Y.Doc, work: () => void) {
  const listeners = doc._observers.get('update')
  doc._observers.delete('update')
  try {
    work()
  } finally {
    if (listeners) doc._observers.set('update', listeners)
  }
}

/** Applies updates that follow each other as few: Yjs takes them in in a third of the time. */
function createTailReader(
  doc: Y.Doc,
  authorship: Authorship,
  onBroken: (seq: number, error: unknown) => void,
) {
  const batch = new UpdateBatch()
  let batched: StoredUpdate[] = []
  /** How far each client has come, with what the batch holds. */
  const ends = new Map<number, number>()
  const endOf = (client: number) => ends.get(client) ?? Y.getState(doc.store, client)

  // The gate lets none of these in; one that is there all the same must not shut the whole log.
  function attempt({ seq }: StoredUpdate, work: () => void) {
    try {
      work()
    } catch (error) {
      onBroken(seq, error)
    }
  }

  const applyAlone = (update: StoredUpdate) => attempt(update, () => Y.applyUpdate(doc, update.data))

  function applyBatch() {
    const updates = batched
    batched = []
    try {
      const all = batch.take()
      if (all) Y.applyUpdate(doc, all)
    } catch {
      for (const update of updates) applyAlone(update)
    }
  }

  function take(update: StoredUpdate) {
    const skimmed = skimmedOf(update)
    if (!skimmed) {
      applyBatch()
      attempt(update, () => applyStored(doc, authorship, update))
      ends.clear()
      return
    }
    const { sections, deletes, anchors } = skimmed
    const fresh = sections.filter(({ client, end }) => end > endOf(client))
    if (batch.add(update.data, fresh, deletes)) batched.push(update)
    else {
      applyBatch()
      applyAlone(update)
    }
    if (batched.length === MOST_BATCHED) applyBatch()
    const isLine = sections.length !== 1 || !anchors
    for (const section of fresh) {
      ends.set(section.client, section.end)
      note(authorship, update, section, isLine)
    }
  }

  return { take, end: applyBatch }
}

/** Undefined for an update that only Yjs may know what to do with. */
function skimmedOf({ data }: StoredUpdate): Skimmed | undefined {
  try {
    return skimUpdate(data)
  } catch {
    return undefined
  }
}

/** Applies the next update of a log and notes who wrote what it brings. */
export function applyStored(doc: Y.Doc, authorship: Authorship, update: StoredUpdate): void {
  const first = firstOf(update.data)
  Y.applyUpdate(doc, update.data)
  if (!first) return
  if (first.sections === 1) {
    // Where it ends need not be read: the document knows how far this client has come.
    const end = Y.getState(doc.store, first.client)
    note(authorship, update, { ...first, end }, !onlyAnchors(doc, first.client, first.clock, end))
    return
  }
  for (const section of scanUpdate(update.data).sections) note(authorship, update, section, true)
}

function note(
  authorship: Authorship,
  { author, service, at, carried }: StoredUpdate,
  { client, clock, end }: { client: number; clock: number; end: number },
  isLine: boolean,
) {
  const runs = carried === undefined ? [] : parseCarried(carried)
  authorship.add(client, clock, end, { person: author, service }, at, runs, isLine)
}

/** `updates.carried` as it was written by `writeCarried`. */
function parseCarried(text: string): CarriedRun[] {
  const runs: CarriedRun[] = JSON.parse(text)
  return runs
}

export const writeCarried = (runs: readonly CarriedRun[]): string | undefined =>
  runs.length === 0 ? undefined : JSON.stringify(runs)
