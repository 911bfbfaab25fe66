import { closeSync, fdatasyncSync, fstatSync, openSync, writeSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { type AuditEntry, NOTHING_BEFORE, nextAuditRow } from '../audit/chain.ts'
import { answer, type Lane, openLane, receive, sleep } from './lane.ts'
import { append, checkpoint, claim, load } from './sqlite-log.ts'
import type { Answer, Ask, Fault, Operation, Operations, SqlValue } from './thread-messages.ts'

/**
 * One database thread: its own connection, one operation after the other. The server's event loop never waits
 * for the disk; this thread does.
 */
export type Connection = {
  prepare(sql: string): StatementSync
  /** Runs `work` in one write transaction: all of it on disk, or none. */
  transaction<T>(work: () => T): T
  /** The same for what can be derived again: it is on disk with the next transaction that is waited for. */
  derive(work: () => void): void
  audit(entry: AuditEntry, now: number): void
}

type Data = { file: string; lock: string | null; lane?: SharedArrayBuffer }
const { file, lock, lane: memory }: Data = workerData
const port = parentPort
if (!port) throw new Error('sqlite-worker.ts is a worker thread')

/** Pages in the write-ahead log before they go into the database. */
const WAL_PAGES = 4000
const WAL_FRAME = 4096 + 24

/** Held while the process lives, and let go by the system however it ends. */
let lockFile: DatabaseSync | undefined

function open(): DatabaseSync {
  if (lock !== null) {
    lockFile = new DatabaseSync(lock, { timeout: 0 })
    lockFile.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
  }
  const db = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true })
  // journal_mode also reads the header, so a file that is no database fails here.
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${WAL_PAGES}`)
  db.exec('SELECT count(*) FROM sqlite_schema')
  if (lock !== null) makeRoomInWal()
  return db
}

/**
 * Gives the write-ahead log its full size before anything is in it. A commit that makes the file longer also waits for
 * the file system's journal; one that writes over what is there does not (measured: a third less). SQLite ends its
 * reading of the log at the first frame without a valid checksum, so zeros at its end mean nothing.
 */
function makeRoomInWal() {
  const wal = openSync(`${file}-wal`, 'r+')
  try {
    const { size } = fstatSync(wal)
    const missing = WAL_PAGES * WAL_FRAME - size
    if (missing > 0) writeSync(wal, new Uint8Array(missing), 0, missing, size)
    fdatasyncSync(wal)
  } catch {
    // A disk this full will be told of by the first commit that finds no room; this only makes commits faster.
  } finally {
    closeSync(wal)
  }
}

function connect(db: DatabaseSync): Connection {
  const statements = new Map<string, StatementSync>()
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    if (statements.size > 400) statements.clear()
    const statement = db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  function transaction<T>(work: () => T): T {
    // IMMEDIATE: a reader that turns writer halfway would fail at once instead of waiting its turn.
    prepare('BEGIN IMMEDIATE').run()
    try {
      const result = work()
      prepare('COMMIT').run()
      return result
    } catch (error) {
      if (db.isTransaction) prepare('ROLLBACK').run()
      throw error
    }
  }

  return {
    prepare,
    transaction,
    derive(work) {
      db.exec('PRAGMA synchronous = NORMAL')
      try {
        transaction(work)
      } finally {
        db.exec('PRAGMA synchronous = FULL')
      }
    },
    audit(entry, now) {
      const last = prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get()
      const before = last ? { seq: Number(last['seq']), hash: String(last['hash']) } : NOTHING_BEFORE
      const { seq, at, person, service, action, case_id, detail, prev_hash, hash } = nextAuditRow(
        before,
        entry,
        now,
      )
      // By place: looking names up takes longer than the insert.
      prepare(
        `INSERT INTO audit (seq, at, person, service, action, case_id, detail, prev_hash, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(seq, at, person, service, action, case_id, detail, prev_hash, hash)
    },
  }
}

function query(connection: Connection, { sql, parameters }: Operations['query']['ask']) {
  const statement = connection.prepare(sql)
  if (statement.columns().length > 0) {
    const rows: Record<string, SqlValue>[] = statement.all(...parameters)
    return { rows, changes: 0, insertId: 0 }
  }
  const { changes, lastInsertRowid } = statement.run(...parameters)
  return { rows: [], changes, insertId: lastInsertRowid }
}

function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { message: 'unknown fault in the database thread', errcode: null }
  const errcode = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null
  return { message: error.message, errcode }
}

function perform(
  db: DatabaseSync,
  connection: Connection,
  { op, ask }: Ask,
): Operations[Operation]['answer'] {
  switch (op) {
    case 'query':
      return query(connection, ask)
    case 'write':
      connection.derive(() => {
        for (const { sql, parameters } of ask) connection.prepare(sql).run(...parameters)
      })
      return null
    case 'append':
      return append(connection, ask)
    case 'load':
      return load(connection, ask)
    case 'checkpoint':
      return checkpoint(connection, ask)
    case 'claim':
      return claim(connection, ask)
    case 'audit':
      connection.transaction(() => {
        for (const entry of ask.entries) connection.audit(entry, ask.now)
      })
      return null
    case 'close':
      db.close()
      lockFile?.close()
      return null
  }
}

/** Buffers that are handed over rather than copied. */
function handedOver(answer: Operations[Operation]['answer']): ArrayBuffer[] {
  if (answer === null || !('bytes' in answer)) return []
  const { bytes, seqs, ats, writer, ends } = answer
  return [bytes, seqs, ats, writer, ends].map(({ buffer }) => buffer)
}

/** What the thread is asked, done; with what of the answer is handed over rather than copied. */
function work(db: DatabaseSync, connection: Connection, ask: Ask): { said: Answer; transfer: ArrayBuffer[] } {
  try {
    const result = perform(db, connection, ask)
    return { said: { id: ask.id, answer: result }, transfer: handedOver(result) }
  } catch (error) {
    return { said: { id: ask.id, fault: faultOf(error) }, transfer: [] }
  }
}

/** Serves the messages of an event loop. */
function serveMessages(port: MessagePort, db: DatabaseSync, connection: Connection) {
  port.on('message', (ask: Ask) => {
    const { said, transfer } = work(db, connection, ask)
    port.postMessage(said, transfer)
    if (ask.op === 'close') port.close()
  })
}

/** Serves lane and messages without an event loop, asleep in between. What people write goes before each message. */
function serveLane(lane: Lane, port: MessagePort, db: DatabaseSync, connection: Connection) {
  const serveBatch = () => {
    const batch = receive(lane)
    if (batch) answer(lane, work(db, connection, { id: 0, op: 'append', ask: batch }).said)
  }
  for (let seen = 0; ; seen = sleep(lane, seen)) {
    serveBatch()
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      const ask: Ask = next.message
      const { said, transfer } = work(db, connection, ask)
      port.postMessage(said, transfer)
      if (ask.op === 'close') return port.close()
      serveBatch()
    }
  }
}

try {
  const db = open()
  const connection = connect(db)
  port.postMessage({ id: 0, answer: null } satisfies Answer)
  if (memory) serveLane(openLane(memory), port, db, connection)
  else serveMessages(port, db, connection)
} catch (error) {
  port.postMessage({ id: 0, fault: faultOf(error) } satisfies Answer)
  port.close()
}
