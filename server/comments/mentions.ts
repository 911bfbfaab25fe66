import type { Kysely } from 'kysely'
import type { Mentioned } from '../../shared/comments.ts'
import { AppError } from '../../shared/errors.ts'
import type { CaseId, CommentId } from '../../shared/ids.ts'
import type { Database } from '../db/schema.ts'

type Rows = Kysely<Database>
type Said = { text: string; mentions: readonly Mentioned[] }

/**
 * Whoever is spoken to takes part in the log, and a service has somebody in it; the text holds `@label`. Throws
 * invalidInput naming the field, such as `body.mentions.0.ref`.
 */
export async function checkMentions(rows: Rows, caseId: CaseId, { text, mentions }: Said, field: string) {
  if (mentions.length === 0) return
  const members = await rows
    .selectFrom('memberships')
    .where('case_id', '=', caseId)
    .select(['person', 'service'])
    .execute()
  for (const [index, { kind, ref, label }] of mentions.entries()) {
    if (!members.some((member) => member[kind] === ref))
      throw new AppError('invalidInput', { field: `${field}.${index}.ref`, reason: 'not in this log' })
    if (!text.includes(`@${label}`))
      throw new AppError('invalidInput', { field: `${field}.${index}.label`, reason: 'not in the text' })
  }
}

/** Puts a comment's mentions in place of those it had. */
export async function storeMentions(
  trx: Rows,
  caseId: CaseId,
  comment: CommentId,
  mentions: readonly Mentioned[],
): Promise<void> {
  await trx.deleteFrom('comment_mentions').where('comment_id', '=', comment).execute()
  for (const { kind, ref } of mentions)
    await trx
      .insertInto('comment_mentions')
      .values({ comment_id: comment, case_id: caseId, kind, ref })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}
