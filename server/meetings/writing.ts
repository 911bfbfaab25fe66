import type { z } from 'zod'
import { evaluation, paragraph } from '../../shared/blocks/json.ts'
import { appendBlocks, appendParagraph, findBlock, setBlockFields } from '../../shared/case-log/document.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { AppError } from '../../shared/errors.ts'
import { BlockId, type CaseId, type MeetingId } from '../../shared/ids.ts'
import type { meetingRoutes } from '../../shared/meeting-routes.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Person } from '../../shared/people.ts'
import { recordAudit } from '../audit/audit.ts'
import { type Commands, type MeetingsDependencies, notNow } from './commands.ts'
import { readerOf } from './reader.ts'
import type { MeetingRows } from './rows.ts'

/** What the server writes in a log while a meeting about it is held. */
export function createWriting(
  { rows, collab, clock }: Pick<MeetingsDependencies, 'rows' | 'collab' | 'clock'>,
  commands: Commands,
) {
  /** The meeting's part about a log, while it is held, for somebody who may do this in it. */
  async function partOf(by: Person, id: MeetingId, caseId: CaseId, capability: 'goal.rate' | 'log.addLine') {
    const { rows: found, meeting } = await commands.see(by.id, id)
    const part = found.cases.find(({ case_id }) => case_id === caseId)
    const reader = await readerOf(rows, by.id)
    if (!part || !reader.may(caseId, 'log.read'))
      throw new AppError('invalidInput', { field: 'body.case', reason: 'not in the meeting' })
    if (!reader.may(caseId, capability)) throw new AppError('notAllowed')
    if (meeting.live === null) throw notNow('not held')
    return { found, meeting, part }
  }

  return {
    /** The leader's tap for another service, signed so. The same evaluation again is that one with another step. */
    async rate(by: Person, id: MeetingId, body: z.output<typeof meetingRoutes.rate.body>): Promise<Meeting> {
      const { found, meeting } = await partOf(by, id, body.case, 'goal.rate')
      if (meeting.leader.person !== by.id) throw new AppError('notAllowed')
      if (!isThere(found, body.case, body.service))
        throw new AppError('invalidInput', { field: 'body.service', reason: 'not in the meeting' })
      const at = clock()
      const fields = {
        id: body.evaluation,
        service: body.service,
        score: body.score,
        by: by.id,
        at: new Date(at).toISOString(),
      }
      await rows.transaction().execute(async (trx) => {
        const { goal, service, evaluation } = body
        const detail = { kind: 'meeting', meeting: id, what: 'rated', goal, service, evaluation }
        await recordAudit(
          trx,
          { person: by.id, service: by.service, action: 'change', caseId: body.case, detail },
          at,
        )
      })
      await collab.writeAs({ document: documentName(body.case, 'shared'), person: by, at }, (doc) => {
        const known = findBlock(doc, body.evaluation)
        if (!known) {
          if (findBlock(doc, body.goal)?.nodeName !== 'goal')
            throw new AppError('invalidInput', { field: 'body.goal', reason: 'no goal' })
          appendBlocks(doc, [evaluation(fields)], body.goal)
          return
        }
        if (known.getAttribute('by') !== by.id || known.getAttribute('service') !== body.service)
          throw new AppError('invalidInput', { field: 'body.evaluation', reason: 'taken' })
        if (Number(known.getAttribute('score')) !== body.score)
          setBlockFields(doc, body.evaluation, { score: body.score, at: fields.at })
      })
      return (await commands.see(by.id, id)).meeting
    },

    /** A signed line in the minutes; at the end of the log where somebody took the minutes away. */
    async line(
      by: Person,
      id: MeetingId,
      body: z.output<typeof meetingRoutes.minute.body>,
    ): Promise<Meeting> {
      const { part } = await partOf(by, id, body.case, 'log.addLine')
      const document = documentName(body.case, 'shared')
      await refuseTaken(body.id, by, document)
      await collab.writeAs({ document, person: by, line: body.id }, (doc) => {
        const into = part.block === null ? undefined : BlockId.parse(part.block)
        if (into === undefined || !appendBlocks(doc, [paragraph(body.text)], into))
          appendParagraph(doc, body.text)
      })
      return (await commands.see(by.id, id)).meeting
    },
  }

  async function refuseTaken(id: BlockId, by: Person, document: string) {
    const line = await rows.selectFrom('lines').where('id', '=', id).selectAll().executeTakeFirst()
    if (line && (line.person !== by.id || line.document !== document))
      throw new AppError('invalidInput', { field: 'body.id', reason: 'taken' })
  }
}

/** Whether somebody of a service is invited to this log's part of the meeting. */
const isThere = ({ people }: MeetingRows, caseId: CaseId, service: string): boolean =>
  people.some((one) => one.service === service && one.left_out === null && one.inCases.includes(caseId))
