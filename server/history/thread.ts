import { Worker } from 'node:worker_threads'
import type { Answer, Operation, Operations } from './thread-messages.ts'

export type HistoryThread = {
  /** undefined when the thread does not hold this history. */
  call<O extends Operation>(
    document: string,
    op: O,
    ask: Operations[O]['ask'],
    handOver?: ArrayBuffer[],
  ): Promise<Operations[O]['answer'] | undefined>
  close(): Promise<void>
}

type Waiting = { resolve(answer: unknown): void; reject(error: Error): void }

/** The thread that histories live in: started by the first question, and again by the next when it has died. */
export function historyThread(): HistoryThread {
  const waiting = new Map<number, Waiting>()
  let last = 0
  let worker: Worker | undefined

  function launch(): Worker {
    const launched = new Worker(new URL('./worker.ts', import.meta.url))
    launched.unref()
    launched.on('message', (message: Answer) => {
      const asker = waiting.get(message.id)
      waiting.delete(message.id)
      if ('fault' in message) asker?.reject(new Error(message.fault))
      else asker?.resolve('answer' in message ? message.answer : undefined)
    })
    // The exit that follows says it to whoever waits.
    launched.on('error', () => {})
    launched.once('exit', () => {
      if (worker === launched) worker = undefined
      for (const { reject } of waiting.values()) reject(new Error('the history thread ended'))
      waiting.clear()
    })
    return launched
  }

  return {
    call(document, op, ask, handOver = []) {
      worker ??= launch()
      const thread = worker
      return new Promise((resolve, reject) => {
        const id = ++last
        waiting.set(id, { resolve, reject })
        thread.postMessage({ id, document, op, ask }, handOver)
      })
    },
    async close() {
      await worker?.terminate()
    },
  }
}
