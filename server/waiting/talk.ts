import type { Reader, Rows } from './reader.ts'
import { caseIn } from './reader.ts'

/** Others' comments in open threads of the reader's logs, with what the reader has said there: newest first. */
const comments = (rows: Rows, { ids, person }: Reader) =>
  rows
    .selectFrom('comments')
    .innerJoin('threads', 'threads.id', 'comments.thread_id')
    .innerJoin('people', 'people.id', 'comments.person')
    .where('comments.case_id', 'in', [...ids])
    .where('comments.person', '!=', person)
    .where('comments.deleted_at', 'is', null)
    .where('threads.resolved_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('comment_reactions')
            .whereRef('comment_reactions.comment_id', '=', 'comments.id')
            .where('comment_reactions.person', '=', person)
            .select('comment_reactions.person'),
        ),
      ),
    )
    .orderBy('comments.at', 'desc')
    .orderBy('comments.id')
    .select(['comments.id', 'comments.case_id', 'comments.thread_id', 'comments.at', 'comments.text'])
    .select(['comments.person', 'people.name', 'comments.service'])

/** Comments that speak to the reader, or to their service, and that nobody spoken to has answered. */
export async function mentions(rows: Rows, reader: Reader) {
  const { person, service } = reader
  if (reader.ids.length === 0) return []
  const found = await comments(rows, reader)
    .innerJoin('comment_mentions', 'comment_mentions.comment_id', 'comments.id')
    .where(({ or, and, eb }) =>
      or([
        and([eb('comment_mentions.kind', '=', 'person'), eb('comment_mentions.ref', '=', person)]),
        and([eb('comment_mentions.kind', '=', 'service'), eb('comment_mentions.ref', '=', service)]),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('comments as reply')
            .whereRef('reply.thread_id', '=', 'comments.thread_id')
            .whereRef('reply.at', '>', 'comments.at')
            .where('reply.deleted_at', 'is', null)
            .where(({ or, and, eb, ref }) =>
              or([
                eb('reply.person', '=', person),
                and([
                  eb('comment_mentions.kind', '=', 'service'),
                  eb('reply.service', '=', ref('comment_mentions.ref')),
                ]),
              ]),
            )
            .select('reply.id'),
        ),
      ),
    )
    .execute()
  return newestOfEach(found).map((row) => ({
    ...said(reader, row),
    kind: 'mention',
    key: `mention:${row.id}`,
  }))
}

/** What others wrote in threads that the reader began or wrote in, since the reader wrote or looked there. */
export async function replies(rows: Rows, reader: Reader) {
  const { person } = reader
  if (reader.ids.length === 0) return []
  const found = await comments(rows, reader)
    .leftJoin('thread_reads', (join) =>
      join.onRef('thread_reads.thread_id', '=', 'comments.thread_id').on('thread_reads.person', '=', person),
    )
    .where(({ or, eb, ref }) =>
      or([eb('thread_reads.up_to', 'is', null), eb(ref('comments.at'), '>', ref('thread_reads.up_to'))]),
    )
    .where(({ or, exists, selectFrom, eb }) =>
      or([
        eb('threads.person', '=', person),
        exists(
          selectFrom('comments as own')
            .whereRef('own.thread_id', '=', 'comments.thread_id')
            .where('own.person', '=', person)
            .where('own.deleted_at', 'is', null)
            .select('own.id'),
        ),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('comments as own')
            .whereRef('own.thread_id', '=', 'comments.thread_id')
            .whereRef('own.at', '>', 'comments.at')
            .where('own.person', '=', person)
            .select('own.id'),
        ),
      ),
    )
    // The answer to a question of the reader's own waits as that.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('questions')
            .whereRef('questions.line', '=', 'comments.id')
            .where('questions.person', '=', person)
            .select('questions.id'),
        ),
      ),
    )
    .execute()
  return newestOfEach(found).map((row) => ({
    ...said(reader, row),
    kind: 'answer',
    question: null,
    key: `answer:${row.id}`,
  }))
}

/** How many comments by others the reader has not had on the screen, by log. */
export async function unreadComments(rows: Rows, { ids, person }: Reader) {
  if (ids.length === 0) return []
  const counts = await rows
    .selectFrom('comments')
    .leftJoin('thread_reads', (join) =>
      join.onRef('thread_reads.thread_id', '=', 'comments.thread_id').on('thread_reads.person', '=', person),
    )
    .where('comments.case_id', 'in', [...ids])
    .where('comments.person', '!=', person)
    .where('comments.deleted_at', 'is', null)
    .where(({ or, eb, ref }) =>
      or([eb('thread_reads.up_to', 'is', null), eb(ref('comments.at'), '>', ref('thread_reads.up_to'))]),
    )
    .groupBy('comments.case_id')
    .select(['comments.case_id', ({ fn }) => fn.countAll<number>().as('count')])
    .execute()
  return counts.map(({ case_id, count }) => ({ case: case_id, count: Number(count) }))
}

type Said = Awaited<ReturnType<ReturnType<typeof comments>['execute']>>[number]

/** One thing a thread: answering the newest answers what was said before it. */
function newestOfEach(found: readonly Said[]): Said[] {
  const threads = new Map<string, Said>()
  for (const row of found) if (!threads.has(row.thread_id)) threads.set(row.thread_id, row)
  return [...threads.values()]
}

const said = (reader: Reader, { person, name, service, thread_id, text, at, case_id }: Said) => ({
  case: caseIn(reader, case_id),
  at,
  by: { person, name, service },
  thread: thread_id,
  text,
})
