import { useSyncExternalStore } from 'react'
import { AppError } from '../../shared/errors.ts'
import type { WaitingItem } from '../../shared/waiting.ts'
import { keys, queryClient } from '../api/queries.ts'
import { onLeaving } from '../api/session.ts'
import { createStore } from '../ui/store.ts'

export type Outcome = 'shared' | 'sent' | 'seen' | 'later' | 'accepted' | 'declined' | 'status'

export type Response = {
  readonly item: WaitingItem
  readonly outcome: Outcome
  /** `kept`: the server has not got it yet; it goes by itself as soon as that answers. */
  readonly state: 'sending' | 'kept' | 'done' | 'refused' | 'undoing' | 'folding'
  readonly error: Error | undefined
  readonly canUndo: boolean
}

type Given = {
  outcome: Outcome
  /** May run again after a lost answer: everything sent carries an id of its own. */
  run: () => Promise<unknown>
  undo?: () => Promise<unknown>
}

const PAUSES = [1000, 2000, 4000, 8000]
/** How long the card says what became of it, before it folds away. */
const SHOWN = 4000
const SHOWN_WITH_UNDO = 10_000
const FOLD = 260

const responses = createStore<ReadonlyMap<string, Response>>(new Map())
const given = new Map<string, Given>()
const timers = new Map<string, ReturnType<typeof setTimeout>>()

const refusal = (error: unknown): boolean =>
  error instanceof AppError && error.status < 500 && error.code !== 'tooMany'

function put(key: string, change: Partial<Response>) {
  const known = responses.get().get(key)
  if (known) responses.set(new Map(responses.get()).set(key, { ...known, ...change }))
}

function forget(key: string) {
  clearTimeout(timers.get(key))
  timers.delete(key)
  given.delete(key)
  const left = new Map(responses.get())
  left.delete(key)
  responses.set(left)
}

const later = (key: string, ms: number, act: () => void) => {
  clearTimeout(timers.get(key))
  timers.set(key, setTimeout(act, ms))
}

/** Everything that an answer can have changed. */
async function fetchAgain({ case: log }: WaitingItem) {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: keys.waiting }),
    queryClient.invalidateQueries({ queryKey: keys.cases }),
    log ? queryClient.invalidateQueries({ queryKey: keys.caseDetail(log.id) }) : undefined,
  ])
}

async function attempt(key: string, count = 0): Promise<void> {
  const known = responses.get().get(key)
  const { run, undo } = given.get(key) ?? {}
  if (!known || !run || known.state === 'done') return
  put(key, { state: count === 0 ? 'sending' : 'kept', error: undefined })
  try {
    await run()
  } catch (error) {
    const cause = error instanceof Error ? error : new Error('unknown')
    if (refusal(error)) return put(key, { state: 'refused', error: cause })
    put(key, { state: 'kept', error: cause })
    later(key, PAUSES[Math.min(count, PAUSES.length - 1)] ?? 8000, () => void attempt(key, count + 1))
    return
  }
  put(key, { state: 'done', error: undefined })
  later(key, undo ? SHOWN_WITH_UNDO : SHOWN, () => fold(key))
  void fetchAgain(known.item)
}

function fold(key: string) {
  put(key, { state: 'folding' })
  later(key, FOLD, () => forget(key))
}

/** Sends an answer, and again until the server has it; the card says how it goes. */
export function respond(item: WaitingItem, answer: Given): void {
  if (isUnderway(responses.get().get(item.key))) return
  given.set(item.key, answer)
  const { outcome, undo } = answer
  const response: Response = {
    item,
    outcome,
    state: 'sending',
    error: undefined,
    canUndo: undo !== undefined,
  }
  responses.set(new Map(responses.get()).set(item.key, response))
  void attempt(item.key)
}

/** Takes an answer back; true when it is. */
export async function takeBack(key: string): Promise<boolean> {
  const known = responses.get().get(key)
  const { undo } = given.get(key) ?? {}
  if (known?.state !== 'done' || !undo) return false
  clearTimeout(timers.get(key))
  put(key, { state: 'undoing' })
  try {
    await undo()
    await fetchAgain(known.item)
    forget(key)
    return true
  } catch (error) {
    put(key, { state: 'done', error: error instanceof Error ? error : undefined })
    later(key, SHOWN_WITH_UNDO, () => fold(key))
    return false
  }
}

/** Somebody answers anew after a refusal. */
export const isUnderway = (response: Response | undefined): boolean =>
  response !== undefined && response.state !== 'refused'

/** Answers on their way, or just given, by what they answer. */
export const useResponses = (): ReadonlyMap<string, Response> =>
  useSyncExternalStore(responses.subscribe, responses.get)

addEventListener('online', () => {
  for (const [key, { state }] of responses.get()) if (state === 'kept') void attempt(key, 1)
})

addEventListener('beforeunload', (event) => {
  const unsent = [...responses.get().values()].some(({ state }) => state === 'sending' || state === 'kept')
  if (unsent) event.preventDefault()
})

onLeaving(() => {
  for (const key of responses.get().keys()) forget(key)
})
