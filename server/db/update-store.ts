import type { DocumentName } from '../../shared/collab/protocol.ts'
import type { BlockId, ClientId, PersonId, ServiceId } from '../../shared/ids.ts'
import type { PackedUpdates } from './thread-messages.ts'

/** One update on its way into the log. */
export type UpdateEntry = {
  document: DocumentName
  author: PersonId
  service: ServiceId
  /** ms since epoch by the server's clock. */
  at: number
  data: Uint8Array
  /** Runs whose text was moved, not written, by this update: JSON. */
  carried?: string
  /** The line this update writes: the same id again is not written again. */
  line?: BlockId
}

export type StoredUpdate = {
  seq: number
  author: PersonId
  service: ServiceId
  at: number
  data: Uint8Array
  carried: string | undefined
}

export type Checkpoint = { seq: number; at: number; data: Uint8Array; authorship: Uint8Array }

/** Updates in their order. */
export type StoredUpdates = Iterable<StoredUpdate> & { readonly length: number }

export type StoredLog = { checkpoint: Checkpoint | undefined; tail: StoredUpdates }

export type Claim = {
  document: DocumentName
  clientId: ClientId
  person: PersonId
  service: ServiceId
  at: number
}

/**
 * The update log: the only place where the text of a log is kept. One contract suite
 * (tests/server/update-store-suite.ts) says what any implementation owes.
 */
export type UpdateStore = {
  /**
   * Resolves with the sequence number when the update and its audit row are on disk, never before; rejects when
   * they are not. Sequence numbers rise in the order of the calls. 0 says that `line` was there already.
   */
  append(entry: UpdateEntry): Promise<number>
  /** The newest checkpoint and what came after it; with `after`, only the updates after that sequence number. */
  load(document: DocumentName, after?: number): Promise<StoredLog>
  /** The first `most` updates after a sequence number, packed: for another thread, that reads a whole log. */
  page(document: DocumentName, after: number, most: number): Promise<PackedUpdates>
  putCheckpoint(document: DocumentName, checkpoint: Checkpoint): Promise<void>
  /** True when the client id is this person's, for ever; false when it is somebody else's. */
  claim(claim: Claim): Promise<boolean>
  /** Updates that wait for the disk. */
  waiting(): number
}
