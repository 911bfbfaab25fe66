import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Held } from './commands.ts'

/** Another time: nobody has answered to it, unless it is one that was proposed. Undefined when it is as before. */
export async function retime(held: Held, times: readonly number[]) {
  const { trx, meeting } = held
  const wanted = [...new Set(times)].sort((a, b) => a - b)
  const [only] = wanted
  if (wanted.length === 1 && only === meeting.starts_at) return undefined
  await trx.updateTable('meeting_people').set({ answer: null }).where('meeting_id', '=', meeting.id).execute()
  if (wanted.length === 1 && only !== undefined) {
    const proposed = held.times.find(({ starts_at }) => starts_at === only)
    for (const { person, answer } of proposed?.answers ?? [])
      await trx
        .updateTable('meeting_people')
        .set({ answer })
        .where('meeting_id', '=', meeting.id)
        .where('person', '=', person)
        .execute()
    await trx.deleteFrom('meeting_times').where('meeting_id', '=', meeting.id).execute()
    return { status: 'called', starts_at: only }
  }
  const gone = held.times.filter(({ starts_at }) => !wanted.includes(starts_at)).map(({ id }) => id)
  if (gone.length > 0) await trx.deleteFrom('meeting_times').where('id', 'in', gone).execute()
  const known = new Set(held.times.map(({ starts_at }) => starts_at))
  await proposeTimes(
    trx,
    meeting.id,
    wanted.filter((at) => !known.has(at)),
  )
  return { status: 'proposed', starts_at: null }
}

/** Times to answer to, each once. */
export async function proposeTimes(trx: Kysely<Database>, meeting: string, times: readonly number[]) {
  const values = [...new Set(times)].map((starts_at) => ({
    id: randomUUID(),
    meeting_id: meeting,
    starts_at,
  }))
  if (values.length > 0) await trx.insertInto('meeting_times').values(values).execute()
}

/** Nobody has said that they come, to any time. */
export async function forgetAnswers({ trx, meeting, times }: Held) {
  await trx.updateTable('meeting_people').set({ answer: null }).where('meeting_id', '=', meeting.id).execute()
  if (times.length > 0)
    await trx
      .deleteFrom('meeting_time_answers')
      .where(
        'time_id',
        'in',
        times.map(({ id }) => id),
      )
      .execute()
}
