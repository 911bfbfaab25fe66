import type { AuditEntry } from '../audit/chain.ts'

/** How an SQL parameter or column travels between the threads. */
export type SqlValue = null | number | bigint | string | Uint8Array

/** An update without its bytes, which travel in one buffer for the whole batch. */
export type AppendRow = {
  document: string
  author: string
  service: string
  at: number
  carried: string | null
  /** Id of a line that must be written once only. */
  line: string | null
  /** Where this update ends in the batch's buffer. */
  end: number
}

/** Updates of one document, packed so that 200,000 of them cross threads as a few buffers. */
export type PackedUpdates = {
  seqs: Float64Array<ArrayBuffer>
  ats: Float64Array<ArrayBuffer>
  /** Index into `writers`. */
  writer: Uint32Array<ArrayBuffer>
  ends: Float64Array<ArrayBuffer>
  bytes: Uint8Array<ArrayBuffer>
  writers: { author: string; service: string }[]
  carried: [index: number, json: string][]
}

/** What the log holds of one document. */
export type PackedLog = PackedUpdates & {
  checkpoint: { seq: number; at: number; data: Uint8Array; authorship: Uint8Array } | null
}

/** Everything a database thread can be asked, with what it answers. */
export type Operations = {
  query: {
    ask: { sql: string; parameters: SqlValue[] }
    answer: { rows: Record<string, SqlValue>[]; changes: number | bigint; insertId: number | bigint }
  }
  /** Writes of what can be derived again, in one transaction. */
  write: { ask: Operations['query']['ask'][]; answer: null }
  append: {
    ask: { rows: AppendRow[]; bytes: Uint8Array<ArrayBuffer>; now: number }
    /** Sequence number of each row; 0 for a line that was there already. */
    answer: number[]
  }
  load: { ask: { document: string; after: number | null; most: number | null }; answer: PackedLog }
  checkpoint: {
    ask: { document: string; seq: number; at: number; data: Uint8Array; authorship: Uint8Array }
    answer: null
  }
  claim: {
    ask: { document: string; clientId: number; person: string; service: string; at: number }
    /** The person who holds the client id, now or since before. */
    answer: { person: string }
  }
  /** Adds rows to the audit, all of them or none. */
  audit: { ask: { entries: readonly AuditEntry[]; now: number }; answer: null }
  close: { ask: null; answer: null }
}

export type Operation = keyof Operations
export type Ask = { [O in Operation]: { id: number; op: O; ask: Operations[O]['ask'] } }[Operation]
export type Fault = { message: string; errcode: number | null }
export type Answer = { id: number; answer: unknown } | { id: number; fault: Fault }
