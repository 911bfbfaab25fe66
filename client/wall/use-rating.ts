import { newBlockId } from '../../shared/blocks/block-id.ts'
import { removeBlock, setFields } from '../../shared/blocks/edit.ts'
import type { GoalOutline } from '../../shared/case-log/outline.ts'
import type { Attainment } from '../../shared/cases.ts'
import type { ServiceId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useMe } from '../api/queries.ts'
import { run } from '../blocks/edit.ts'
import { rate as rateInText, type Undo } from '../blocks/rating.ts'
import { rateThroughServer } from '../cases/rate-through-server.ts'
import { keepMeeting } from './queries.ts'
import { useLogOnWall, useOnWall } from './wall-context.ts'

type Rate = (service: ServiceId, step: Attainment) => Promise<Undo | undefined>

/**
 * How this person rates a goal in the meeting: their own service in the text, which works without a network too; the
 * family's by the server; another service's, for the leader, by the server, signed so. Throws when the server did not
 * take it.
 */
export function useRating(goal: GoalOutline): Rate {
  const me = useMe()
  const { meeting } = useOnWall()
  const { detail, editor, writes } = useLogOnWall()

  const forAnother: Rate = async (service, score) => {
    // A second tap in the meeting corrects the first one, unless the service itself has rated since.
    const start = meeting.live?.startedAt ?? 0
    const latest = goal.latestRatings.find((one) => one.service === service)?.at
    const before = goal.evaluations.findLast(
      (one) =>
        one.service === service && one.by === me.id && one.at === latest && Date.parse(one.at ?? '') >= start,
    )
    const evaluation = before?.id ?? newBlockId()
    const body = { case: detail.id, evaluation, goal: goal.id, service, score }
    keepMeeting(await call(endpoints.rateInMeeting, { params: { id: meeting.id }, body }))
    if (!editor) return undefined
    return before
      ? () => void run(editor, setFields(evaluation, { score: before.score }))
      : () => void run(editor, removeBlock(evaluation))
  }

  return async (service, score) => {
    if (service !== me.service) return forAnother(service, score)
    if (writes && editor) return rateInText(editor, goal.id, me, score)
    return rateThroughServer(detail.id, goal.id, score)
  }
}
