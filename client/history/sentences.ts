import type { BlockChanges, FieldValue, HistoryBlock, HistoryFact } from '../../shared/history.ts'
import { stepSign } from '../blocks/goal-model.ts'
import { day } from '../blocks/when.ts'
import type { Translate } from '../i18n/i18n.ts'

/** What sentences need to know beside the facts. */
export type Saying = {
  readonly t: Translate
  readonly language: string
  /** Name of a person or service; undefined for a stranger. */
  person(id: string): string | undefined
  service(id: string): string | undefined
}

/** Names are set off in a sentence: whatever stands between these two is a name. */
export const NAME = ['⁨', '⁩'] as const
const named = (name: string, { t }: Saying) =>
  `${NAME[0]}${name === '' ? t('history.block.untitled') : name}${NAME[1]}`

const prose = new Set(['paragraph', 'bulletList', 'orderedList', 'heading', 'goal'])

/** What somebody did in a session, one sentence for each thing, without the name: «satte Vennegruppe til ferdig». */
export function sentences(blocks: readonly BlockChanges[], saying: Saying): string[] {
  const said = blocks.flatMap(({ block, facts }) =>
    facts
      .filter(({ kind }) => !(kind === 'wrote' && prose.has(block.type)))
      .map((fact) => sentence(block, fact, saying)),
  )
  // Lines of text are counted together, wherever in the log or goal they were written.
  const lines = new Map<string, number>()
  for (const { block, facts } of blocks) {
    for (const fact of facts) {
      if (fact.kind !== 'wrote' || !prose.has(block.type)) continue
      const place = placeOf(block, saying)
      lines.set(place, (lines.get(place) ?? 0) + fact.lines)
    }
  }
  const { t } = saying
  const wrote = [...lines].map(([place, count]) => t('history.did.wrote', { count, place }))
  return [...new Set([...wrote, ...said])]
}

function placeOf({ goal }: HistoryBlock, { t }: Saying): string {
  if (!goal) return t('history.place.log')
  return goal.number === null ? t('history.place.oldGoal') : t('history.place.goal', { number: goal.number })
}

/** A block as it is spoken of: «tiltaket Vennegruppe», «mål 2». */
export function speakOf(block: HistoryBlock, saying: Saying): string {
  const { t } = saying
  const name = named(block.name, saying)
  switch (block.type) {
    case 'goal':
      return block.goal?.number
        ? t('history.block.goal', { number: block.goal.number })
        : t('history.block.oldGoal', { name })
    case 'measure':
    case 'evaluation':
    case 'concern':
    case 'decision':
    case 'heading':
      return t(`history.block.${block.type}`, { name })
    default:
      return t('history.block.other', { name })
  }
}

function sentence(block: HistoryBlock, fact: HistoryFact, saying: Saying): string {
  const { t } = saying
  const what = speakOf(block, saying)
  const place = placeOf(block, saying)
  const number = block.type === 'goal' ? null : (block.goal?.number ?? null)
  const inProse = prose.has(block.type)
  switch (fact.kind) {
    case 'wrote':
      return t('history.did.wroteIn', { block: what })
    case 'deleted':
      return inProse ? t('history.did.deleted', { place }) : t('history.did.deletedIn', { block: what })
    case 'restored':
      if (!inProse || block.type === 'goal') return t('history.did.restoredBlock', { block: what })
      return t('history.did.restored', { place })
    case 'added':
      return number === null
        ? t('history.did.added', { block: what })
        : t('history.did.addedIn', { block: what, number })
    case 'removed':
      return t('history.did.removed', { block: what })
    case 'moved':
      return number === null
        ? t('history.did.moved', { block: what })
        : t('history.did.movedIn', { block: what, number })
    case 'rated':
      return rated(block, fact, saying)
    case 'set':
      return set(block, fact, saying)
  }
}

const sign = (score: number) => stepSign(([-2, -1, 0, 1, 2] as const).find((step) => step === score) ?? 0)

function rated(
  block: HistoryBlock,
  { from, to }: { from: number | null; to: number | null },
  saying: Saying,
) {
  const { t } = saying
  const number = block.goal?.number
  const goal = number
    ? t('history.block.goal', { number })
    : t('history.block.oldGoal', { name: named(block.goal?.title ?? '', saying) })
  if (to === null) return t('history.did.ratedBack', { goal })
  if (from === null) return t('history.did.ratedFirst', { goal, to: sign(to) })
  return t('history.did.rated', { goal, from: sign(from), to: sign(to) })
}

function set(block: HistoryBlock, { field, to }: { field: string; to: FieldValue }, saying: Saying): string {
  const { t } = saying
  const what = block.type === 'goal' ? speakOf(block, saying) : named(block.name, saying)
  const value = saidValue(block.type, field, to, saying)
  switch (field) {
    case 'status':
    case 'outcome':
      return value ? t('history.did.set', { block: what, value }) : t('history.did.changed', { block: what })
    case 'person':
    case 'service':
      return value
        ? t('history.did.gave', { block: what, value })
        : t('history.did.gaveNobody', { block: what })
    case 'due':
      return value
        ? t('history.did.dated', { block: what, value })
        : t('history.did.undated', { block: what })
    case 'start':
      return value
        ? t('history.did.started', { block: what, value })
        : t('history.did.undated', { block: what })
    case 'reviewDate':
      return value
        ? t('history.did.reviewed', { block: what, value })
        : t('history.did.undated', { block: what })
    case 'frequency':
      return t('history.did.often', { block: what })
    case 'services':
      return t('history.did.owners', { block: what })
    default:
      return t(field.startsWith('step') ? 'history.did.steps' : 'history.did.changed', { block: what })
  }
}

/** What a field holds, in words; undefined for nothing. */
export function saidValue(
  type: string,
  field: string,
  value: FieldValue,
  saying: Saying,
): string | undefined {
  const { t } = saying
  if (value === null || value === '') return undefined
  if (Array.isArray(value)) return value.map((id) => saying.service(id) ?? id).join(', ') || undefined
  const text = String(value)
  const word = (words: Record<string, string>) => words[text]?.toLocaleLowerCase(saying.language) ?? text
  switch (field) {
    case 'status':
      if (type === 'goal') return word(t('blocks.goalStatus', { returnObjects: true }))
      return word(
        t(type === 'concern' ? 'blocks.concernStatus' : 'blocks.measureStatus', { returnObjects: true }),
      )
    case 'outcome':
      return word(t('blocks.outcome', { returnObjects: true }))
    case 'score':
      return sign(Number(value))
    case 'person':
      return text === 'home'
        ? t('blocks.home').toLocaleLowerCase(saying.language)
        : (saying.person(text) ?? text)
    case 'service':
      return saying.service(text) ?? text
    case 'due':
    case 'start':
    case 'reviewDate':
      return Number.isNaN(Date.parse(text)) ? text : day(text, saying.language)
    default:
      return text
  }
}
