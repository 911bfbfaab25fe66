import { Worker } from 'node:worker_threads'
import { openLane, send, wake } from './lane.ts'
import type { Answer, Operation, Operations } from './thread-messages.ts'

/** What a database thread says when it could not do something; `errcode` is SQLite's extended result code. */
export class DatabaseFault extends Error {
  readonly errcode: number | null
  constructor(message: string, errcode: number | null) {
    super(message)
    this.name = 'DatabaseFault'
    this.errcode = errcode
  }
}

export type DatabaseThread = {
  call<O extends Operation>(
    op: O,
    ask: Operations[O]['ask'],
    handOver?: ArrayBuffer[],
  ): Promise<Operations[O]['answer']>
  close(): Promise<void>
}

type Waiting = { resolve(answer: unknown): void; reject(error: Error): void }

/**
 * Starts a database thread; rejects with a DatabaseFault when it cannot open its file. A thread that dies fails
 * what it was asked, and is started again by the next question.
 */
export async function startThread(file: string, lock: string | null): Promise<DatabaseThread> {
  let current = await launch(file, lock)
  let closed = false

  async function living() {
    if (current.dead && !closed) current = await launch(file, lock)
    return current
  }

  return {
    async call(op, ask, handOver = []) {
      const thread = current.dead ? await living() : current
      return thread.call(op, ask, handOver)
    },
    async close() {
      if (closed) return
      closed = true
      if (!current.dead) await current.call('close', null, [])
      await current.ended
    },
  }
}

type Running = Pick<DatabaseThread, 'call'> & { readonly dead: boolean; readonly ended: Promise<void> }

async function launch(file: string, lock: string | null): Promise<Running> {
  // The thread that holds the lock is the one that writes the log.
  const lane = lock === null ? undefined : openLane()
  const workerData = { file, lock, lane: lane?.memory }
  const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData })
  const waiting = new Map<number, Waiting>()
  let last = 0
  let dead = false

  const opened = new Promise<unknown>((resolve, reject) => waiting.set(0, { resolve, reject }))
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      dead = true
      for (const { reject } of waiting.values()) reject(new DatabaseFault('the database thread ended', null))
      waiting.clear()
      resolve()
    })
  })
  worker.on('error', () => {
    dead = true
  })
  function settle(message: Answer) {
    const asker = waiting.get(message.id)
    waiting.delete(message.id)
    if ('fault' in message) asker?.reject(new DatabaseFault(message.fault.message, message.fault.errcode))
    else asker?.resolve(message.answer)
  }
  worker.on('message', settle)
  await opened

  return {
    get dead() {
      return dead
    },
    ended,
    call(op, ask, handOver = []) {
      return new Promise((resolve, reject) => {
        if (dead) {
          reject(new DatabaseFault('the database thread ended', null))
          return
        }
        const id = ++last
        waiting.set(id, { resolve, reject })
        const inLane = lane && ask && 'rows' in ask && send(lane, ask, (said) => settle({ ...said, id }))
        if (inLane) return
        worker.postMessage({ id, op, ask }, handOver)
        if (lane) wake(lane)
      })
    },
  }
}
