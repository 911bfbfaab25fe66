import type { Kysely } from 'kysely'
import { outline } from '../../shared/case-log/outline.ts'
import { documentName } from '../../shared/collab/protocol.ts'
import { BlockId, CaseId, PersonId } from '../../shared/ids.ts'
import type { MinutesRecord } from '../../shared/meetings.ts'
import type { Database } from '../db/schema.ts'
import type { MunicipalityFile } from '../municipality/municipality.ts'
import type { MeetingsDependencies } from './commands.ts'
import { minutesText } from './prose.ts'
import { recordOf, type Sayings } from './record.ts'
import { type MeetingRows, namesOf } from './rows.ts'
import { Standing, standingOf } from './standing.ts'

type Changes = Awaited<ReturnType<MeetingsDependencies['histories']['changes']>>
type Part = Pick<MeetingRows['cases'][number], 'case_id' | 'name' | 'before' | 'from_seq' | 'block'>
export type MadeRecord = Omit<MinutesRecord, 'items'>

/** What came of one log's part of a meeting, from how it stood at the start to how it stands now. */
export async function makeRecord(
  {
    rows,
    collab,
    histories,
    municipality,
  }: Pick<MeetingsDependencies, 'rows' | 'histories'> & {
    collab: Pick<MeetingsDependencies['collab'], 'read'>
    municipality: Pick<MunicipalityFile, 'current'>
  },
  { case_id, name, before: text, from_seq, block }: Part,
): Promise<MadeRecord> {
  const document = documentName(CaseId.parse(case_id), 'shared')
  const now = await collab.read(document, (doc, seq) => ({
    log: outline(doc),
    seq,
    prose: block === null ? '' : minutesText(doc, BlockId.parse(block)),
  }))
  const after = standingOf(now.log)
  const before = text === null ? after : Standing.parse(JSON.parse(text))
  const from = Math.min(from_seq ?? now.seq, now.seq)
  const changes = await histories.changes(document, from, now.seq)
  const sayings = await sayingsOf(rows, changes, municipality, [before, after])
  const known = new Set(before.decisions)
  const decided = now.log.decisions.filter(({ id }) => !known.has(id))
  const named = await namesOf(
    rows,
    decided.flatMap(({ by }) => by ?? []),
  )
  return {
    case: CaseId.parse(case_id),
    name,
    text: now.prose,
    ...recordOf(before, after, sayings),
    decisions: decided.map(({ id, text, by }) => {
      const signed = by === null ? undefined : named.get(by)
      return { block: id, text, by: by && signed ? { person: by, ...signed } : sayings.by(id, 'made') }
    }),
    remark: '',
    from,
    to: now.seq,
  }
}

async function sayingsOf(
  rows: Kysely<Database>,
  { blocks, writers }: Changes,
  municipality: Pick<MunicipalityFile, 'current'>,
  standings: readonly Standing[],
): Promise<Sayings> {
  const people = standings
    .flatMap(({ goals, measures }) => [...goals.flatMap((goal) => goal.measures), ...measures])
    .flatMap(({ person }) => (person === null || person === 'home' ? [] : person))
  const named = await namesOf(rows, [...people, ...writers.map(({ person }) => person)])
  const factsOf = Map.groupBy(
    blocks.flatMap(({ block, facts }) => facts.map((fact) => ({ id: block.id, fact }))),
    ({ id }) => id,
  )
  const services = new Map(municipality.current().services.map(({ id, shortName }) => [id, shortName]))
  const person: Sayings['person'] = (measure) =>
    (measure.person !== null && measure.person !== 'home' && named.get(measure.person)?.name) || ''
  return {
    person,
    responsible(measure) {
      const service =
        measure.service === null ? undefined : (services.get(measure.service) ?? measure.service)
      return (
        [service, person(measure)].filter((word) => word !== undefined && word !== '').join(' · ') || null
      )
    },
    by(block, did, fields = []) {
      const fact = (factsOf.get(BlockId.parse(block)) ?? []).findLast(({ fact }) => {
        if (did === 'field') return fact.kind === 'set' && fields.includes(fact.field)
        if (did === 'text') return ['wrote', 'deleted', 'restored'].includes(fact.kind)
        return did === 'made' ? fact.kind === 'added' || fact.kind === 'restored' : fact.kind === 'removed'
      })
      const writer = fact && writers[fact.fact.writer]
      const known = writer && named.get(writer.person)
      return known
        ? { person: PersonId.parse(writer.person), name: known.name, service: writer.service }
        : null
    },
  }
}
