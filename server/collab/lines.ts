import type { Kysely } from 'kysely'
import { evaluation } from '../../shared/blocks/json.ts'
import { appendBlocks, appendParagraph, removeBlock } from '../../shared/case-log/document.ts'
import type { NewLine } from '../../shared/cases.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import type { BlockId, CaseId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import { can } from '../../shared/roles.ts'
import type { Database } from '../db/schema.ts'
import type { CollabDependencies } from './dependencies.ts'
import type { ServerEdits } from './server-edits.ts'

/**
 * Writes a signed line, or a rating with its line, for somebody who does not write in the document. The line's id
 * is the client's: the same id again is the same line.
 */
export async function addLine(
  { access, storage, clock }: CollabDependencies,
  edits: ServerEdits,
  person: Person,
  caseId: CaseId,
  { id, text, goal }: NewLine,
): Promise<void> {
  const role = await access.roleIn(caseId, person.id)
  if (!role) throw new AppError('notFound')
  if (!can(role, goal ? 'goal.rate' : 'log.addLine')) throw new AppError('notAllowed')
  const document = documentName(caseId, 'shared')
  if (await isWritten(storage.rows, id, person, document)) return
  const at = clock()
  await edits.writeAs({ document, person, at, line: id }, (doc) => {
    if (!goal) {
      appendParagraph(doc, text)
      return
    }
    const fields = {
      id,
      service: person.service,
      score: goal.score,
      by: person.id,
      at: new Date(at).toISOString(),
    }
    if (!appendBlocks(doc, [evaluation(fields, text)], goal.block))
      throw new AppError('notFound', { field: 'body.goal.block' })
  })
}

/** How long a rating can be taken back as a slip of the finger; after that it is part of the log. */
const TAKE_BACK_WITHIN = 10 * 60 * 1000

/** Takes back a rating of one's own that the server has just written. Again is the same. */
export async function takeBackRating(
  { access, storage, clock }: CollabDependencies,
  edits: ServerEdits,
  person: Person,
  caseId: CaseId,
  id: BlockId,
): Promise<void> {
  const role = await access.roleIn(caseId, person.id)
  if (!role) throw new AppError('notFound')
  if (!can(role, 'goal.rate')) throw new AppError('notAllowed')
  const document = documentName(caseId, 'shared')
  const line = await storage.rows.selectFrom('lines').where('id', '=', id).selectAll().executeTakeFirst()
  if (line?.person !== person.id || line.document !== document)
    throw new AppError('notFound', { field: 'params.line' })
  if (clock() - line.at > TAKE_BACK_WITHIN)
    throw new AppError('notAllowed', { field: 'params.line', reason: 'too late' })
  await edits.writeAs({ document, person }, (doc) => removeBlock(doc, id, 'evaluation'))
}

async function isWritten(
  rows: Kysely<Database>,
  id: string,
  person: Person,
  document: string,
): Promise<boolean> {
  const line = await rows.selectFrom('lines').where('id', '=', id).selectAll().executeTakeFirst()
  if (!line) return false
  if (line.person !== person.id || line.document !== document)
    throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
  return true
}
