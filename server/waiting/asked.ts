import type { Reader, Rows } from './reader.ts'
import { caseIn } from './reader.ts'

/** Questions to the reader's service that nobody has answered; of bare ones about a log, only the last. */
export async function questions(rows: Rows, reader: Reader) {
  const { answering, service, person } = reader
  if (answering.length === 0) return []
  const found = await rows
    .selectFrom('questions')
    .innerJoin('people', 'people.id', 'questions.person')
    .where('questions.case_id', 'in', [...answering])
    .where('questions.service', '=', service)
    .where('questions.person', '!=', person)
    .where('questions.answered_at', 'is', null)
    .where('questions.withdrawn_at', 'is', null)
    .orderBy('questions.at', 'desc')
    .select(['questions.id', 'questions.case_id', 'questions.at', 'questions.text', 'questions.thread_id'])
    .select(['people.id as person', 'people.name', 'people.service'])
    .execute()
  const askedIn = new Set<string>()
  return found.flatMap(({ id, case_id, at, text, thread_id: thread, ...by }) => {
    if (text === '' && askedIn.has(case_id)) return []
    askedIn.add(case_id)
    const key = `question:${id}`
    return [{ kind: 'question', key, case: caseIn(reader, case_id), at, by, question: id, thread, text }]
  })
}

/** Answers to what the reader asked, until they have seen them. */
export async function answers(rows: Rows, reader: Reader) {
  const { ids, person } = reader
  if (ids.length === 0) return []
  const found = await rows
    .selectFrom('questions')
    .innerJoin('people', 'people.id', 'questions.answered_by')
    .leftJoin('thread_reads', (join) =>
      join.onRef('thread_reads.thread_id', '=', 'questions.thread_id').on('thread_reads.person', '=', person),
    )
    .where('questions.case_id', 'in', [...ids])
    .where('questions.person', '=', person)
    .where('questions.answered_by', '!=', person)
    .where(({ or, eb, ref }) =>
      or([
        eb('thread_reads.up_to', 'is', null),
        eb(ref('thread_reads.up_to'), '<', ref('questions.answered_at')),
      ]),
    )
    .select(['questions.id', 'questions.case_id', 'questions.answered_at as at', 'questions.answer as text'])
    .select(['questions.thread_id as thread', 'people.id as person', 'people.name', 'people.service'])
    .execute()
  return found.map(({ id, case_id, at, text, thread, ...by }) => {
    const key = `answered:${id}`
    return { kind: 'answer', key, case: caseIn(reader, case_id), at, by, question: id, thread, text }
  })
}

/** The baton, offered to the reader. */
export async function handovers(rows: Rows, reader: Reader) {
  if (reader.ids.length === 0) return []
  const found = await rows
    .selectFrom('handovers')
    .innerJoin('people', 'people.id', 'handovers.from_person')
    .where('handovers.to_person', '=', reader.person)
    .where('handovers.status', '=', 'proposed')
    .where('handovers.case_id', 'in', [...reader.ids])
    .select(['handovers.id', 'handovers.case_id', 'handovers.at', 'handovers.message as text'])
    .select(['people.id as person', 'people.name', 'people.service'])
    .execute()
  return found.map(({ id, case_id, at, text, ...by }) => {
    const key = `handover:${id}`
    return { kind: 'handover', key, case: caseIn(reader, case_id), at, by, handover: id, text }
  })
}
