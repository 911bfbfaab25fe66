import type { JSONContent } from '@tiptap/core'
import type { NewAnchor } from '../../shared/comments.ts'
import type { CaseId, CommentId, ThreadId } from '../../shared/ids.ts'
import { onLeaving } from '../api/session.ts'
import { createStore } from '../ui/store.ts'

/** What somebody has begun to write: a new thread (with what it speaks of), a reply, or a change of a comment. */
export type Draft = {
  readonly case: CaseId
  readonly thread: ThreadId
  /** The comment that is being changed. */
  readonly comment?: CommentId
  /** What a new thread speaks of; missing in a thread that there is. */
  readonly anchor?: NewAnchor
  readonly content: JSONContent | undefined
}

type Drafts = ReadonlyMap<string, Draft>

const none: Drafts = new Map()
const store = createStore<Drafts>(none)

/** Where a draft is kept: one for each thread's reply, one for each comment being changed. */
export const draftKey = (thread: ThreadId, comment?: CommentId): string =>
  comment === undefined ? thread : `${thread}/${comment}`

/** Drafts outlive their cards and the view of the log. They are in memory alone, and gone when somebody signs out. */
export const drafts = {
  get: store.get,
  subscribe: store.subscribe,
  of: (thread: ThreadId, comment?: CommentId): Draft | undefined =>
    store.get().get(draftKey(thread, comment)),
  keep(draft: Draft): void {
    store.set(new Map(store.get()).set(draftKey(draft.thread, draft.comment), draft))
  },
  drop(thread: ThreadId, comment?: CommentId): void {
    const key = draftKey(thread, comment)
    if (!store.get().has(key)) return
    const left = new Map(store.get())
    left.delete(key)
    store.set(left)
  },
  clear: (): void => store.set(none),
}

/** Threads of a log that nobody has sent yet. */
export const newThreads = (all: Drafts, caseId: CaseId): readonly (Draft & { anchor: NewAnchor })[] =>
  [...all.values()].flatMap((draft) =>
    draft.case === caseId && draft.anchor ? [{ ...draft, anchor: draft.anchor }] : [],
  )

/** Whether anything is written in a draft of this log. */
export const hasDrafts = (all: Drafts, caseId: CaseId): boolean =>
  [...all.values()].some((draft) => draft.case === caseId && draft.content !== undefined)

onLeaving(drafts.clear)
