import { hash } from 'node:crypto'
import type { PersonId, ServiceId } from '../../shared/ids.ts'

export type AuditAction = 'read' | 'change' | 'export' | 'refused'

/** Who did what to which case. `detail` holds ids and numbers, never case text. */
export type AuditEntry = {
  person: PersonId | string | null
  service: ServiceId | string | null
  action: AuditAction
  caseId: string | null
  detail: Readonly<Record<string, string | number | null>>
}

export type AuditRow = {
  seq: number
  at: number
  person: string | null
  service: string | null
  action: string
  case_id: string | null
  detail: string
  prev_hash: string
  hash: string
}

/** What the first row builds on. */
export const NOTHING_BEFORE = { seq: 0, hash: '0'.repeat(64) }

/** sha256 over the hash before and the row as JSON with its keys in alphabetical order. */
export function auditHash(row: Omit<AuditRow, 'hash'>): string {
  const { action, at, case_id, detail, person, seq, service } = row
  const canonical = JSON.stringify({ action, at, case_id, detail, person, seq, service })
  return hash('sha256', row.prev_hash + canonical)
}

/** The row that follows another: whoever changes or removes one breaks every hash after it. */
export function nextAuditRow(last: { seq: number; hash: string }, entry: AuditEntry, at: number): AuditRow {
  const row = {
    seq: last.seq + 1,
    at,
    person: entry.person,
    service: entry.service,
    action: entry.action,
    case_id: entry.caseId,
    detail: JSON.stringify(entry.detail),
    prev_hash: last.hash,
  }
  return { ...row, hash: auditHash(row) }
}
