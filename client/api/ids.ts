import { drawId } from '../../shared/draw-id.ts'
import type { CaseId, MeetingId } from '../../shared/ids.ts'

/** The pattern of shared/ids.ts, without zod. */
const pattern = /^[a-zA-Z0-9_-]{1,64}$/

/** Whether a word from the address bar can be a case's id. */
export const isCaseId = (word: string | undefined): word is CaseId => word !== undefined && pattern.test(word)

/** Whether a word from the address bar can be a meeting's id. */
export const isMeetingId = (word: string | undefined): word is MeetingId =>
  word !== undefined && pattern.test(word)

const isId = <Id extends string>(word: string): word is Id => pattern.test(word)

/** A new id for something that this browser makes, of the kind that is asked for: the same again is the same thing. */
export function newId<Id extends string>(): Id {
  const id = drawId()
  if (!isId<Id>(id)) throw new TypeError('not an id')
  return id
}
