import { z } from 'zod'
import { ServiceId } from '../../shared/ids.ts'
import { dayOf, timeOn } from '../municipality/day.ts'
import type { Reader, Rows } from './reader.ts'
import { caseIn } from './reader.ts'

/** Measures that are due and not done: the reader's own, and those of their service that name nobody. */
export async function measures(rows: Rows, reader: Reader) {
  const { writing, person, service, today } = reader
  if (writing.length === 0) return []
  const found = await rows
    .selectFrom('measures')
    .where('case_id', 'in', [...writing])
    .where('status', 'in', ['planned', 'underway'])
    .where('due', '<=', today)
    .where(({ or, and, eb }) =>
      or([eb('person', '=', person), and([eb('service', '=', service), eb('person', 'is', null)])]),
    )
    .select(['case_id', 'id as block', 'text', 'status', 'due'])
    .execute()
  return found.flatMap(({ case_id, block, due, ...measure }) => {
    if (due === null) return []
    const key = `measure:${case_id}:${block}`
    const item = {
      kind: 'measure',
      key,
      case: caseIn(reader, case_id),
      at: timeOn(due),
      block,
      due,
      ...measure,
    }
    return [item]
  })
}

const Services = z.array(ServiceId)
const Steps = z.array(z.string()).length(5)
const Ratings = z.array(z.object({ service: ServiceId, at: z.string().nullable() }))

/** Goals whose day of review has come, and that the reader's service has not rated since. */
export async function evaluations(rows: Rows, reader: Reader) {
  const { rating, service, today } = reader
  if (rating.length === 0) return []
  const found = await rows
    .selectFrom('goals')
    .where('case_id', 'in', [...rating])
    .where('status', '=', 'active')
    .where('review_date', '<=', today)
    .select(['case_id', 'id', 'number', 'title', 'review_date', 'services', 'ratings', 'steps'])
    .execute()
  return found.flatMap(({ case_id, id, number, title, review_date: due, ...row }) => {
    if (due === null) return []
    const services = Services.parse(JSON.parse(row.services))
    if (services.length > 0 && !services.includes(service)) return []
    const last = Ratings.parse(JSON.parse(row.ratings)).find((one) => one.service === service)?.at
    if (last && dayOf(Date.parse(last)) >= due) return []
    const item = {
      kind: 'evaluation',
      key: `evaluation:${case_id}:${id}`,
      case: caseIn(reader, case_id),
      at: timeOn(due),
      goal: { id, number, title },
      steps: Steps.parse(JSON.parse(row.steps)),
      due,
    }
    return [item]
  })
}
