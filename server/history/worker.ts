import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { LogHistory } from './log-history.ts'
import type { Answer, Ask, Operation, Operations } from './thread-messages.ts'

/** Histories of a few logs, built from their updates: away from the event loop, which everybody's typing needs. */
const port = parentPort
if (!port) throw new Error('history/worker.ts is a worker thread')

// Whoever writes, or opens a log, goes first where processors are few. Only Linux sets one thread back by itself.
if (process.platform === 'linux') setPriority(10)

/** So many updates in all are held; the log that was asked for last always is. */
const MOST_TURNS = 800_000
/** A history that nobody has asked for in this time (ms) is let go. */
const IDLE = 5 * 60_000

const held = new Map<string, { history: LogHistory; usedAt: number }>()

function use(document: string, history: LogHistory) {
  held.delete(document)
  held.set(document, { history, usedAt: Date.now() })
  let turns = 0
  for (const [name, other] of [...held].reverse()) {
    turns += other.history.timeline.turns
    if (turns > MOST_TURNS && name !== document) held.delete(name)
  }
}

function perform({ document, op, ask }: Ask): Operations[Operation]['answer'] | undefined {
  const known = held.get(document)?.history
  switch (op) {
    case 'held':
      return { seq: known?.timeline.seq ?? 0 }
    case 'extend': {
      const history = known ?? new LogHistory()
      if (history.timeline.seq === ask.after) history.add(ask.updates)
      use(document, history)
      return { seq: history.timeline.seq }
    }
  }
  if (!known) return undefined
  use(document, known)
  switch (op) {
    case 'page':
      return known.page(ask.before, ask.most, ask.restores, ask.zone)
    case 'moment':
      return known.moment(ask.seq, ask.since)
    case 'changes':
      return known.changes(ask.after, ask.upto)
    case 'plan':
      return known.restorePlan(ask.seq, ask.undo, ask.block)
    case 'who':
      return known.who(ask.ranges)
    case 'news':
      return known.news.news(ask.reading)
    case 'newsCounts':
      return known.news.counts(ask.services)
    case 'newsRead':
      return known.news.read(ask.reading, ask.seq, ask.keys)
    case 'seqAt':
      return known.news.seqAt(ask.at)
  }
}

port.on('message', (message: Ask) => {
  const { id } = message
  let answer: Answer
  try {
    const result = perform(message)
    answer = result === undefined ? { id, missing: true } : { id, answer: result }
  } catch (error) {
    answer = { id, fault: error instanceof Error ? error.message : 'unknown fault' }
  }
  port.postMessage(answer)
})

setInterval(() => {
  for (const [name, { usedAt }] of held) if (Date.now() - usedAt > IDLE) held.delete(name)
}, IDLE / 5).unref()
