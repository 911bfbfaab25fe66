import { useCallback, useState } from 'react'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import type { NewCase } from '../../shared/cases.ts'
import { AppError } from '../../shared/errors.ts'
import type { BlockId, PersonId } from '../../shared/ids.ts'
import { onLeaving } from '../api/session.ts'

type Kind = NewCase['subject']['kind']
export const kinds: readonly Kind[] = ['child', 'youth', 'expecting', 'adult']
/** As in the contract; the server has the last word. */
export const limits = { concern: 2000, name: 80, about: 120 }

export type Draft = {
  readonly concern: string
  readonly name: string
  readonly kind: Kind
  readonly about: string
  readonly members: ReadonlySet<PersonId>
  /** Names this text to the server: sharing the same again starts no second log. */
  readonly request: BlockId
}

const empty = (): Draft => ({
  concern: '',
  name: '',
  kind: 'child',
  about: '',
  members: new Set(),
  request: newBlockId(),
})
let draft = empty()

/** Forgets what was written, once it is a log. */
export function forgetDraft(): void {
  draft = empty()
}
onLeaving(forgetDraft)

/**
 * What has been written so far. It lives in memory only, and survives a look at the overview or a server that is away.
 * The view's own state leads: a store is subscribed to only after the first frame, and a field in focus that gets keys
 * before that would be put back to what it was.
 */
export function useDraft(): readonly [Draft, (change: Partial<Draft>) => void] {
  const [now, setNow] = useState(draft)
  return [
    now,
    useCallback((change: Partial<Draft>) => {
      draft = { ...draft, ...change, request: newBlockId() }
      setNow(draft)
    }, []),
  ]
}

/** What is wrong with a draft, by field, as the words that say so. */
export function faultsOf({ concern, name, about }: Draft) {
  const tooLong = (count: number) => ['cases.tooLong', { count }] as const
  return {
    ...(concern.trim() === '' ? { concern: ['cases.missingConcern', {}] as const } : {}),
    ...(concern.trim().length > limits.concern ? { concern: tooLong(limits.concern) } : {}),
    ...(name.trim() === '' ? { subject: ['cases.missingSubject', {}] as const } : {}),
    ...(name.trim().length > limits.name ? { subject: tooLong(limits.name) } : {}),
    ...(about.trim().length > limits.about ? { about: tooLong(limits.about) } : {}),
  }
}

/** The field that the server refused, or undefined when it was something else. */
export function fieldAtFault(error: unknown): 'concern' | 'subject' | 'about' | undefined {
  if (!(error instanceof AppError) || error.code !== 'invalidInput') return undefined
  const last = error.field?.split('.').at(-1)
  if (last === 'name') return 'subject'
  return last === 'concern' || last === 'about' ? last : undefined
}
