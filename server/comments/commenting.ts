import type { Kysely } from 'kysely'
import { type DocumentName, documentName } from '../../shared/collab/protocol.ts'
import type { NewThread, Reaction } from '../../shared/comments.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId, CommentId, ThreadId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Collab } from '../collab/collab.ts'
import type { Database } from '../db/schema.ts'
import { LogText } from './log-text.ts'
import { checkMentions, storeMentions } from './mentions.ts'
import { describeNew, quoteOfNew, spansOfNew, writeMark } from './place-mark.ts'
import {
  add,
  commentOf,
  isKnown,
  type NewComment,
  ownComment,
  readUpTo,
  rowOf,
  type Said,
  setResolved,
  type Where,
} from './rows.ts'

type Rows = Kysely<Database>
type Dependencies = {
  rows: Rows
  collab: Pick<Collab, 'writeAs' | 'read' | 'keepAnchors'>
  clock: () => number
}

export type Commenting = ReturnType<typeof createCommenting>

/** What people do with comments. Each is one transaction with its row in the audit; access has been asked for. */
export function createCommenting({ rows, collab, clock }: Dependencies) {
  const change = (
    person: Person,
    { caseId, thread }: Where,
    kind: string,
    comment: CommentId | null = null,
  ) => ({
    person: person.id,
    service: person.service,
    action: 'change' as const,
    caseId,
    detail: { kind, thread, comment },
  })

  return {
    /** Starts a thread and marks what it speaks of. The same again is the same thread. */
    async start(person: Person, caseId: CaseId, { id: thread, anchor, comment }: NewThread): Promise<void> {
      const where = { caseId, thread }
      const document = documentName(caseId, 'shared')
      if (!(await isKnown(rows, person, where))) {
        await checkMentions(rows, caseId, comment, 'body.comment.mentions')
        const words = await collab.read(document, (doc) => describeNew(doc, anchor))
        await rows.transaction().execute(async (trx) => {
          const { numInsertedOrUpdatedRows: isNew } = await trx
            .insertInto('threads')
            .values({
              id: thread,
              case_id: caseId,
              document,
              kind: anchor.kind,
              ...words,
              gone: words.gone ? 1 : 0,
              person: person.id,
              at: clock(),
              resolved_by: null,
              resolved_at: null,
            })
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirstOrThrow()
          // The same at the same time has been first.
          if (!isNew) return
          if (!(await add(trx, person, where, comment, 'body.comment.id', clock())))
            throw new AppError('invalidInput', { field: 'body.comment.id', reason: 'taken' })
          await recordAudit(trx, change(person, where, 'thread', comment.id))
        })
        await isKnown(rows, person, where)
      }
      await mark(person, document, thread, anchor)
    },

    /** Replies; a resolved thread is open again with it. */
    async reply(person: Person, where: Where, comment: NewComment): Promise<void> {
      await checkMentions(rows, where.caseId, comment, 'body.mentions')
      await rows.transaction().execute(async (trx) => {
        const { resolved_by } = await rowOf(trx, where)
        if (!(await add(trx, person, where, comment, 'body.id', clock()))) return
        await recordAudit(trx, change(person, where, 'comment', comment.id))
        if (resolved_by !== null) await setResolved(trx, where, undefined, clock())
      })
    },

    async edit(person: Person, where: Where, comment: CommentId, { text, mentions }: Said): Promise<void> {
      await ownComment(rows, where, comment, person)
      await checkMentions(rows, where.caseId, { text, mentions }, 'body.mentions')
      await rows.transaction().execute(async (trx) => {
        await ownComment(trx, where, comment, person)
        await recordAudit(trx, change(person, where, 'commentEdited', comment))
        await trx
          .updateTable('comments')
          .set({ text, mentions: JSON.stringify(mentions), edited_at: clock() })
          .where('id', '=', comment)
          .execute()
        await storeMentions(trx, where.caseId, comment, mentions)
      })
    },

    /** Takes one's own comment away, its words and what others tapped on it; a thread with nothing left is resolved. */
    async remove(person: Person, where: Where, comment: CommentId): Promise<void> {
      await rows.transaction().execute(async (trx) => {
        await ownComment(trx, where, comment, person)
        await recordAudit(trx, change(person, where, 'commentRemoved', comment))
        await trx
          .updateTable('comments')
          .set({ text: '', mentions: '[]', deleted_at: clock() })
          .where('id', '=', comment)
          .execute()
        await storeMentions(trx, where.caseId, comment, [])
        await trx.deleteFrom('comment_reactions').where('comment_id', '=', comment).execute()
        const left = await trx
          .selectFrom('comments')
          .where('thread_id', '=', where.thread)
          .where('deleted_at', 'is', null)
          .select('id')
          .executeTakeFirst()
        const { resolved_by } = await rowOf(trx, where)
        if (!left && resolved_by === null) await setResolved(trx, where, person, clock())
      })
    },

    async resolve(person: Person, where: Where, resolved: boolean): Promise<void> {
      await rows.transaction().execute(async (trx) => {
        const { resolved_by } = await rowOf(trx, where)
        if ((resolved_by !== null) === resolved) return
        await recordAudit(trx, change(person, where, resolved ? 'threadResolved' : 'threadReopened'))
        await setResolved(trx, where, resolved ? person : undefined, clock())
      })
    },

    async react(person: Person, where: Where, comment: CommentId, reaction: Reaction): Promise<void> {
      await rows.transaction().execute(async (trx) => {
        await commentOf(trx, where, comment)
        await recordAudit(trx, change(person, where, 'reaction', comment))
        await trx
          .insertInto('comment_reactions')
          .values({ comment_id: comment, person: person.id, reaction, at: clock() })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      })
    },

    async unreact(person: Person, where: Where, comment: CommentId, reaction: Reaction): Promise<void> {
      await rows.transaction().execute(async (trx) => {
        await commentOf(trx, where, comment)
        await recordAudit(trx, change(person, where, 'reactionTakenBack', comment))
        await trx
          .deleteFrom('comment_reactions')
          .where('comment_id', '=', comment)
          .where('person', '=', person.id)
          .where('reaction', '=', reaction)
          .execute()
      })
    },

    /** Notes what somebody has had on the screen; theirs, and no change of the case. */
    async read(person: Person, caseId: CaseId, threads: readonly { thread: ThreadId; upTo: number }[]) {
      await rows.transaction().execute(async (trx) => {
        for (const { thread, upTo } of threads) {
          await rowOf(trx, { caseId, thread })
          // What a clock ahead has not seen yet stays unread.
          await readUpTo(trx, person, thread, Math.min(upTo, clock()))
        }
      })
    },
  }

  async function mark(person: Person, document: DocumentName, thread: ThreadId, anchor: NewThread['anchor']) {
    let quote: string | undefined
    if (anchor.kind === 'text') {
      await collab.writeAs({ document, person }, (doc) => {
        const text = new LogText(doc)
        if (text.marked(thread).length > 0) return
        const spans = spansOfNew(text, anchor)
        if (!spans) return
        writeMark(text, spans, thread)
        quote = quoteOfNew(text, spans, anchor)
      })
    }
    collab.keepAnchors(document, thread, quote)
  }
}
