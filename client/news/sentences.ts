import { ConcernStatus } from '../../shared/blocks/concern.ts'
import { EvaluationOutcome } from '../../shared/blocks/evaluation.ts'
import { MeasureStatus } from '../../shared/blocks/measure.ts'
import { Attainment, GoalStatus } from '../../shared/cases.ts'
import type { NewsItem } from '../../shared/news.ts'
import { stepSign } from '../blocks/goal-model.ts'
import { day } from '../blocks/when.ts'
import { sayNames } from '../case-log/line-signs.ts'
import type { Translate } from '../i18n/i18n.ts'
import { firstName } from '../ui/names.ts'

/** Whom and what a sentence can name. */
export type Naming = {
  readonly t: Translate
  readonly language: string
  person(id: string): string
  service(id: string): string
}

type Field = NewsItem['fields'][number]

const who = ({ by }: NewsItem, { t, person }: Naming): string =>
  sayNames(
    by.map((one) => firstName(person(one.person))),
    t,
  )

/** What happened, with the names of those who did it: «Silje satte status til Ferdig», «Tone skrev i loggen». */
export function sentence(item: NewsItem, naming: Naming): string {
  const { t } = naming
  const changed = item.parts.some(({ mark }) => mark !== 'same')
  if (item.what === 'changed' && !changed && item.fields.length > 0) return fieldSentence(item, naming)
  return t(`news.${item.what}.${item.block}`, { name: who(item, naming) })
}

/** The single values that changed, said under their block; empty when none did. */
export function fieldSentence(item: NewsItem, naming: Naming): string {
  if (item.what !== 'changed' || item.fields.length === 0) return ''
  const { t } = naming
  const what = item.fields.map((field) =>
    t('news.to', { field: fieldName(field, t), value: wordsFor(item, field, naming) }),
  )
  return t('news.set', { name: who(item, naming), what: what.join(', ') })
}

const names = {
  status: 'news.field.status',
  score: 'news.field.score',
  service: 'news.field.service',
  services: 'news.field.services',
  person: 'news.field.person',
  start: 'news.field.start',
  due: 'news.field.due',
  reviewDate: 'news.field.reviewDate',
  frequency: 'news.field.frequency',
  outcome: 'news.field.outcome',
  stepMinus2: 'news.field.stepMinus2',
  stepMinus1: 'news.field.stepMinus1',
  step0: 'news.field.step0',
  stepPlus1: 'news.field.stepPlus1',
  stepPlus2: 'news.field.stepPlus2',
} as const
const isNamed = (name: string): name is keyof typeof names => Object.hasOwn(names, name)

const fieldName = ({ name }: Field, t: Translate): string => (isNamed(name) ? t(names[name]) : name)

function wordsFor(
  { block }: NewsItem,
  { name, to }: Field,
  { t, language, person, service }: Naming,
): string {
  if (to === null || to === '' || (Array.isArray(to) && to.length === 0)) return t('news.none')
  if (name === 'services' && Array.isArray(to)) return to.map(service).join(', ')
  if (typeof to !== 'string') {
    const step = Attainment.safeParse(to).data
    return step === undefined ? String(to) : stepSign(step)
  }
  if (name === 'status') return statusWord(block, to, t)
  if (name === 'person') return to === 'home' ? t('blocks.home') : firstName(person(to))
  if (name === 'service') return service(to)
  if (name === 'start' || name === 'due' || name === 'reviewDate') return day(to, language)
  const outcome = name === 'outcome' ? EvaluationOutcome.safeParse(to).data : undefined
  return outcome ? t(`blocks.outcome.${outcome}`) : to
}

function statusWord(block: NewsItem['block'], status: string, t: Translate): string {
  const measure = block === 'measure' ? MeasureStatus.safeParse(status).data : undefined
  if (measure) return t(`blocks.measureStatus.${measure}`)
  const goal = block === 'goal' ? GoalStatus.safeParse(status).data : undefined
  if (goal) return t(`blocks.goalStatus.${goal}`)
  const concern = block === 'concern' ? ConcernStatus.safeParse(status).data : undefined
  return concern ? t(`blocks.concernStatus.${concern}`) : status
}

/** The step that a new evaluation gave, and the one before if it was changed. */
export function stepsOf({ fields }: NewsItem): { from: string | undefined; to: string } | undefined {
  const score = fields.find(({ name }) => name === 'score')
  const to = Attainment.safeParse(score?.to).data
  const from = Attainment.safeParse(score?.from).data
  return to === undefined
    ? undefined
    : { from: from === undefined ? undefined : stepSign(from), to: stepSign(to) }
}
