import type { Kysely } from 'kysely'
import { z } from 'zod'
import { Became, Comment, Mentioned, Reaction, type Signed, Thread } from '../../shared/comments.ts'
import { AppError } from '../../shared/errors.ts'
import { type CaseId, PersonId, ServiceId, type ThreadId } from '../../shared/ids.ts'
import type { Database } from '../db/schema.ts'

type Rows = Kysely<Database>

const Mentions = z.array(Mentioned)

/** The threads of a log as somebody sees them, in the order in which they began. */
export async function threadsOf(rows: Rows, caseId: CaseId, reader: PersonId): Promise<Thread[]> {
  return threadsAs(rows, caseId, reader)
}

/** One thread of a log as somebody sees it. Throws notFound for one that is not in it. */
export async function threadOf(rows: Rows, caseId: CaseId, reader: PersonId, id: ThreadId): Promise<Thread> {
  const [thread] = await threadsAs(rows, caseId, reader, id)
  if (!thread) throw new AppError('notFound')
  return thread
}

async function threadsAs(rows: Rows, caseId: CaseId, reader: PersonId, only?: ThreadId): Promise<Thread[]> {
  const threads = await rows
    .selectFrom('threads')
    .where('case_id', '=', caseId)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .selectAll()
    .orderBy('at')
    .orderBy('id')
    .execute()
  if (threads.length === 0) return []
  const inThese = rows
    .selectFrom('threads')
    .where('case_id', '=', caseId)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .select('id')
  const comments = await rows
    .selectFrom('comments')
    .where('thread_id', 'in', inThese)
    .selectAll()
    .orderBy('at')
    .orderBy('id')
    .execute()
  const reactions = await rows
    .selectFrom('comment_reactions')
    .innerJoin('comments', 'comments.id', 'comment_reactions.comment_id')
    .where('comments.thread_id', 'in', inThese)
    .select(['comment_id', 'comment_reactions.person', 'reaction'])
    .orderBy('comment_reactions.at')
    .execute()
  const outcomes = await rows
    .selectFrom('thread_outcomes')
    .where('thread_id', 'in', inThese)
    .selectAll()
    .orderBy('at')
    .execute()
  const readUpTo = await readUpToIn(rows, caseId, reader)
  const sign = await signatures(rows)
  const reactionsOf = Map.groupBy(reactions, ({ comment_id }) => comment_id)
  const commentsOf = Map.groupBy(comments, ({ thread_id }) => thread_id)
  const outcomesOf = Map.groupBy(outcomes, ({ thread_id }) => thread_id)

  return threads.map((row) => {
    const own = commentsOf.get(row.id) ?? []
    const seen = readUpTo(row.id)
    return Thread.parse({
      id: row.id,
      case: row.case_id,
      anchor: {
        kind: row.kind,
        block: row.block,
        quote: row.quote,
        prefix: row.prefix,
        suffix: row.suffix,
        gone: row.gone === 1,
      },
      at: row.at,
      resolved:
        row.resolved_by === null ? null : { by: sign(row.resolved_by), at: row.resolved_at ?? row.at },
      became: (outcomesOf.get(row.id) ?? []).map(
        ({ kind, ref, service, person, at }): z.input<typeof Became> =>
          Became.parse({ kind, ref, service, by: sign(person), at }),
      ),
      comments: own.map((comment) =>
        Comment.parse({
          id: comment.id,
          by: sign(comment.person, comment.service),
          at: comment.at,
          editedAt: comment.edited_at,
          deleted: comment.deleted_at !== null,
          text: comment.text,
          mentions: Mentions.parse(JSON.parse(comment.mentions)),
          reactions: Reaction.options.flatMap((reaction) => {
            const people = (reactionsOf.get(comment.id) ?? []).filter((one) => one.reaction === reaction)
            return people.length === 0 ? [] : [{ reaction, people: people.map(({ person }) => sign(person)) }]
          }),
        }),
      ),
      unread: own.filter(
        ({ person, at, deleted_at }) => person !== reader && deleted_at === null && at > seen,
      ).length,
    })
  })
}

/** Up to when somebody has read each thread of a log; what was there before they came is read. */
async function readUpToIn(rows: Rows, caseId: CaseId, reader: PersonId): Promise<(thread: string) => number> {
  const reads = await rows
    .selectFrom('thread_reads')
    .innerJoin('threads', 'threads.id', 'thread_reads.thread_id')
    .where('threads.case_id', '=', caseId)
    .where('thread_reads.person', '=', reader)
    .select(['thread_id', 'up_to'])
    .execute()
  const joined = await rows
    .selectFrom('memberships')
    .where('case_id', '=', caseId)
    .where('person', '=', reader)
    .select('added_at')
    .executeTakeFirst()
  const upTo = new Map(reads.map(({ thread_id, up_to }) => [thread_id, up_to]))
  return (thread) => Math.max(upTo.get(thread) ?? 0, joined?.added_at ?? 0)
}

/** How people sign, also who is no member of the log any more: by the service they spoke for, else their own. */
async function signatures(rows: Rows): Promise<(person: string, service?: string) => Signed> {
  const people = await rows.selectFrom('people').select(['id', 'name', 'service']).execute()
  const known = new Map(people.map((one) => [one.id, one]))
  return (person, service) => ({
    person: PersonId.parse(person),
    name: known.get(person)?.name ?? person,
    service: ServiceId.parse(service ?? known.get(person)?.service ?? person),
  })
}
