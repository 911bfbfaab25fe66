import { onLeaving } from '../api/session.ts'

/** Half-written answers by what they answer: they outlive the view, and nothing outlives the session. */
export const drafts = new Map<string, string>()

onLeaving(() => drafts.clear())
