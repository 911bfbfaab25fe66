import type { Generated } from 'kysely'
import type { ConversationTables } from './conversation-schema.ts'

/** Every table, as Kysely sees it. Times are ms since epoch, ids the branded strings of shared/ids.ts. */
export type Database = ConversationTables & {
  people: { id: string; name: string; service: string; role: string; title: string }
  sessions: { id_hash: string; person: string; created_at: number; expires_at: number }
  cases: {
    id: string
    subject_name: string
    subject_kind: string
    subject_about: string
    status: string
    level: number
    coordinator: string
    raised_by: string
    created_by: string
    created_at: number
    updated_at: number
  }
  /** One row a person in a log; the coordinator's row says `coordinator`, and exactly one does. */
  memberships: { case_id: string; person: string; service: string; role: string; added_at: number }

  /** Yjs documents; `blocks_version` is the newest client that has opened it [BL3]. */
  documents: { name: string; case_id: string; audience: string; blocks_version: number; created_at: number }
  updates: {
    seq: Generated<number>
    document: string
    author: string
    service: string
    at: number
    data: Uint8Array
    /** Runs whose text was moved, not written, by this update: JSON, null when none. */
    carried: string | null
  }
  /** Newest state up to and including `seq`; `authorship` is the index at that seq. */
  checkpoints: { document: string; seq: number; at: number; data: Uint8Array; authorship: Uint8Array }
  /** Which person writes under a Yjs client id, for ever. */
  client_claims: { document: string; client_id: number; person: string; service: string; at: number }
  /** Lines that the server wrote on somebody's behalf: the same id again is the same line. */
  lines: { id: string; document: string; person: string; at: number }
  /** What clients re-supplied and the log had lost: see server/set-aside. */
  set_aside_updates: {
    id: string
    document: string
    sent_by: string
    service: string
    at: number
    data: Uint8Array
  }
  set_aside: {
    id: string
    update_id: string
    document: string
    case_id: string
    person: string | null
    service: string | null
    sent_by: string
    at: number
    ranges: string
    pieces: string
    status: string
    decided_by: string | null
    decided_at: number | null
  }
  /** Evaluations and decisions that have stood in a log, and whom they named. */
  signatures: { document: string; signature: string }
  /** Programs that write under a name of their own; `secret_hash` is sha256 of the secret. */
  service_accounts: {
    id: string
    person: string
    secret_hash: string
    made_by: string | null
    made_at: number
    revoked_at: number | null
  }
  case_requests: { person: string; request: string; case_id: string; at: number }

  /** Names that people gave moments of a log. */
  versions: {
    id: string
    case_id: string
    document: string
    seq: number
    name: string
    person: string
    at: number
  }
  /** What was brought back: `seq` is the edit that did it, null until it is on disk. */
  restores: {
    id: string
    case_id: string
    document: string
    person: string
    at: number
    to_seq: number
    moment_at: number
    undo: number
    block: string | null
    seq: number | null
  }

  /** Projection: derived from the documents, rebuilt from nothing by one command. */
  goals: {
    case_id: string
    id: string
    number: number
    title: string
    status: string
    review_date: string | null
    services: string
    /** Newest step of each service, with when it was given. */
    ratings: string
    /** Wording of the five steps, from −2 to +2. */
    steps: string
  }
  measures: {
    case_id: string
    id: string
    goal: string | null
    position: number
    text: string
    service: string | null
    person: string | null
    status: string
    start: string | null
    due: string | null
    frequency: string
  }
  service_lines: { case_id: string; service: string; last_line_at: number; person: string }
  person_lines: { case_id: string; person: string; last_line_at: number }
  log_texts: { case_id: string; document: string; seq: number; text: string }
  projection_warnings: { case_id: string; kind: string; block: string }

  /**
   * How far somebody has read in a log: all up to `up_to`, and single blocks further (JSON). What came up to `joined`
   * was there before they were; `at` is when they last read.
   */
  readings: {
    document: string
    person: string
    joined: number
    up_to: number
    blocks: string
    at: number | null
  }
  /** How much of a log up to `seq` is new to a person (`person:…`) or a service (`service:…`). Derived. */
  news_counts: { document: string; reader: string; seq: number; count: number }

  /** Hash-chained: `hash` = sha256(prev_hash + canonical JSON of the row without both hashes). */
  audit: {
    seq: Generated<number>
    at: number
    person: string | null
    service: string | null
    action: string
    case_id: string | null
    detail: string
    prev_hash: string
    hash: string
  }
}
