import { newBlockId } from '../../shared/blocks/block-id.ts'
import type { Mentioned, NewAnchor, Signed } from '../../shared/comments.ts'
import { type CaseId, CommentId, type ThreadId } from '../../shared/ids.ts'
import { call, NoConnection } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { saveStatus } from '../collab/save-status.ts'
import { t } from '../i18n/i18n.ts'
import { announce } from '../ui/announce.ts'
import { drafts } from './drafts.ts'
import { keepOutbox, Outbox, type Post } from './outbox.ts'
import { knownThreads, putThread } from './queries.ts'

/** The text of the log is at the server, as far as this browser knows. */
const isTextSaved = (): boolean => ['saved', 'back', 'readOnly', 'none'].includes(saveStatus.get().kind)

const post: Post = async ({ case: id, thread, id: comment, text, mentions, anchor, changes }) => {
  const body = { id: comment, text, mentions }
  if (changes) {
    const params = { id, thread, comment }
    return (await call(endpoints.editComment, { params, body: { text, mentions } })).thread
  }
  if (!anchor) return (await call(endpoints.reply, { params: { id, thread }, body })).thread
  // What it speaks of may have been written a moment ago: the text goes first.
  if (anchor.kind === 'text' && !isTextSaved()) throw new NoConnection('the text itself is not saved yet')
  return (await call(endpoints.startThread, { params: { id }, body: { id: thread, anchor, comment: body } }))
    .thread
}

/** Comments on their way, of every log opened in this tab: they go on being sent when the log is closed. */
export const outbox = keepOutbox(
  new Outbox(post, ({ case: id }, thread) => {
    if (!knownThreads(id)) return
    putThread(id, thread)
    announce(t('comments.sent'))
  }),
)

// Whoever writes and comments in one breath does not wait for the next attempt.
saveStatus.subscribe(() => {
  if (isTextSaved() && outbox.get().some(({ state }) => state === 'waiting')) outbox.tryNow()
})

type Written = {
  readonly detail: { readonly id: CaseId }
  readonly me: Signed
  readonly thread: ThreadId
  readonly text: string
  readonly mentions: Mentioned[]
  /** What a new thread speaks of. */
  readonly anchor: NewAnchor | undefined
}

/** Sends what was written in a field; its draft is not needed any more. */
export function send({ detail, me, thread, text, mentions, anchor }: Written): void {
  const id = CommentId.parse(newBlockId())
  outbox.send({
    case: detail.id,
    thread,
    id,
    by: me,
    at: Date.now(),
    text,
    mentions,
    ...(anchor ? { anchor } : {}),
  })
  drafts.drop(thread)
}
