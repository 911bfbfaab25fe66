import { z } from 'zod'
import { CharacterRange } from './history-routes.ts'
import { BlockId, CaseId, CommentId, MeetingId, PersonId, ServiceId, ThreadId } from './ids.ts'
import { route } from './route.ts'

/** Somebody as they are named beside what they said. */
export const Signed = z.object({ person: PersonId, name: z.string(), service: ServiceId })
export type Signed = z.infer<typeof Signed>

export const CommentText = z.string().trim().min(1).max(2000)

/** Who a comment speaks to: its text holds `@label`. */
export const Mentioned = z.strictObject({
  kind: z.enum(['person', 'service']),
  ref: z.union([PersonId, ServiceId]),
  label: z.string().trim().min(1).max(80),
})
export type Mentioned = z.infer<typeof Mentioned>

/** A word that spares a reply. */
export const Reaction = z.enum(['seen', 'agree', 'thanks'])
export type Reaction = z.infer<typeof Reaction>

/** What a new thread speaks of: characters of the text, as the server knows them, or a whole block. */
export const NewAnchor = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    ranges: z.array(CharacterRange).min(1).max(500),
    /** The text as the writer sees it, and a little of what stands around it in the same block. */
    quote: z.string().min(1).max(4000),
    prefix: z.string().max(64),
    suffix: z.string().max(64),
  }),
  z.strictObject({ kind: z.literal('block'), block: BlockId }),
])
export type NewAnchor = z.infer<typeof NewAnchor>

export const Anchor = z.object({
  kind: z.enum(['text', 'block']),
  /** The block itself, or the nearest block with an id around the text; null for text outside any. */
  block: BlockId.nullable(),
  /** The text as it last stood there; a block's own text for a whole block. */
  quote: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  /** Nothing of it stands in the log any more. */
  gone: z.boolean(),
})
export type Anchor = z.infer<typeof Anchor>

export const Comment = z.object({
  id: CommentId,
  by: Signed,
  at: z.number(),
  editedAt: z.number().nullable(),
  /** Taken away by its writer: the text is empty. */
  deleted: z.boolean(),
  text: z.string(),
  mentions: z.array(Mentioned),
  reactions: z.array(z.object({ reaction: Reaction, people: z.array(Signed) })),
})
export type Comment = z.infer<typeof Comment>

/** What became of a thread. `ref` is the measure's block, the agenda item or the question. */
export const Became = z.object({
  kind: z.enum(['measure', 'agenda', 'question']),
  ref: z.string(),
  /** The service that was asked. */
  service: ServiceId.nullable(),
  by: Signed,
  at: z.number(),
})
export type Became = z.infer<typeof Became>

export const Thread = z.object({
  id: ThreadId,
  case: CaseId,
  anchor: Anchor,
  at: z.number(),
  resolved: z.object({ by: Signed, at: z.number() }).nullable(),
  became: z.array(Became),
  /** Oldest first, at least one. */
  comments: z.array(Comment),
  /** Others' comments since you last had the thread on the screen. */
  unread: z.number().int().min(0),
})
export type Thread = z.infer<typeof Thread>

const NewComment = z.strictObject({
  /** Drawn by the client: the same id again is the same comment, so a retry never doubles it. */
  id: CommentId,
  text: CommentText,
  mentions: z.array(Mentioned).max(20).default([]),
})
export const NewThread = z.strictObject({ id: ThreadId, anchor: NewAnchor, comment: NewComment })
export type NewThread = z.infer<typeof NewThread>

/** What a thread is made into. A measure goes into the goal that the thread stands in, unless another is named. */
export const Become = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('measure'), goal: BlockId.optional() }),
  /** Without a meeting it waits for the log's next one. */
  z.strictObject({ kind: z.literal('agenda'), meeting: MeetingId.optional() }),
  z.strictObject({ kind: z.literal('question'), service: ServiceId }),
])
export type Become = z.infer<typeof Become>

const ofCase = z.object({ id: CaseId })
const ofThread = z.object({ id: CaseId, thread: ThreadId })
const ofComment = z.object({ id: CaseId, thread: ThreadId, comment: CommentId })
const ofReaction = z.object({ id: CaseId, thread: ThreadId, comment: CommentId, reaction: Reaction })
const none = z.object({})
const oneThread = z.object({ thread: Thread })

export const commentRoutes = {
  list: route({
    method: 'GET',
    path: '/api/cases/:id/threads',
    summary: 'Every thread of a log, open and resolved',
    params: ofCase,
    query: none,
    body: z.undefined(),
    response: z.object({ threads: z.array(Thread) }),
    access: 'session',
    tag: 'comments',
  }),
  one: route({
    method: 'GET',
    path: '/api/cases/:id/threads/:thread',
    summary: 'One thread',
    params: ofThread,
    query: none,
    body: z.undefined(),
    response: oneThread,
    access: 'session',
    tag: 'comments',
  }),
  start: route({
    method: 'POST',
    path: '/api/cases/:id/threads',
    summary: 'Comment on text or a block; the server writes the mark',
    params: ofCase,
    query: none,
    body: NewThread,
    response: oneThread,
    access: 'session',
    tag: 'comments',
  }),
  reply: route({
    method: 'POST',
    path: '/api/cases/:id/threads/:thread/comments',
    summary: 'Reply in a thread',
    params: ofThread,
    query: none,
    body: NewComment,
    response: oneThread,
    access: 'session',
    tag: 'comments',
  }),
  edit: route({
    method: 'PUT',
    path: '/api/cases/:id/threads/:thread/comments/:comment',
    summary: 'Change a comment of your own',
    params: ofComment,
    query: none,
    body: NewComment.omit({ id: true }),
    response: oneThread,
    access: 'session',
    tag: 'comments',
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/cases/:id/threads/:thread/comments/:comment',
    summary: 'Take a comment of your own away',
    params: ofComment,
    query: none,
    body: z.undefined(),
    response: oneThread,
    access: 'session',
    tag: 'comments',
  }),
  resolve: route({
    method: 'PUT',
    path: '/api/cases/:id/threads/:thread/resolved',
    summary: 'Resolve a thread, or open it again',
    params: ofThread,
    query: none,
    body: z.strictObject({ resolved: z.boolean() }),
    response: oneThread,
    access: 'session',
    tag: 'comments',
  }),
  react: route({
    method: 'PUT',
    path: '/api/cases/:id/threads/:thread/comments/:comment/reactions/:reaction',
    summary: 'React to a comment',
    params: ofReaction,
    query: none,
    body: z.undefined(),
    response: oneThread,
    access: 'session',
    tag: 'comments',
  }),
  unreact: route({
    method: 'DELETE',
    path: '/api/cases/:id/threads/:thread/comments/:comment/reactions/:reaction',
    summary: 'Take a reaction back',
    params: ofReaction,
    query: none,
    body: z.undefined(),
    response: oneThread,
    access: 'session',
    tag: 'comments',
  }),
  become: route({
    method: 'POST',
    path: '/api/cases/:id/threads/:thread/become',
    summary: 'Make a measure, an agenda item or a question of a thread',
    params: ofThread,
    query: none,
    body: Become,
    response: oneThread,
    access: 'session',
    tag: 'comments',
  }),
  read: route({
    method: 'POST',
    path: '/api/cases/:id/threads/read',
    summary: 'Say which threads you have had on the screen, and up to when',
    params: ofCase,
    query: none,
    body: z.strictObject({
      threads: z
        .array(z.strictObject({ thread: ThreadId, upTo: z.number() }))
        .min(1)
        .max(500),
    }),
    response: none,
    access: 'session',
    tag: 'comments',
  }),
}
