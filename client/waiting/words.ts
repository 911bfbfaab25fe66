import type { TFunction } from 'i18next'
import type { ServiceId } from '../../shared/ids.ts'
import type { WaitingItem } from '../../shared/waiting.ts'
import { firstName } from '../ui/names.ts'
import { dayAndTime, shortDay } from './when.ts'

type Say = { t: TFunction<'words'>; language: string; serviceName: string }

/** Who waits, or what is due: «Maren spør». */
export function lead(item: WaitingItem, { t, language, serviceName }: Say): string {
  const name = 'by' in item ? firstName(item.by.name) : ''
  switch (item.kind) {
    case 'mention':
      return t('waiting.mentions', { name })
    case 'question':
      return t('waiting.asks', { name })
    case 'answer':
      return t('waiting.answered', { name })
    case 'handover':
      return t('waiting.passes', { name })
    case 'measure':
      return t('waiting.measure', { day: shortDay(item.due, language) })
    case 'evaluation':
      return t('waiting.notRated', { service: serviceName })
    case 'meeting':
      return t(item.startsAt === null ? 'waiting.proposes' : 'waiting.calls', { name })
    case 'minutes':
      return t('waiting.minutes')
  }
}

/** What it is about, in somebody's words. */
export function subject(item: WaitingItem, { t, language }: Say): string {
  switch (item.kind) {
    case 'question':
      return item.text || t('waiting.bare')
    case 'handover':
      return item.text || t('waiting.passesBare')
    case 'measure':
      return item.text || t('waiting.measureUntitled')
    case 'evaluation':
      return item.goal.title.trim() || t('waiting.goalUntitled', { number: item.goal.number })
    case 'meeting':
    case 'minutes':
      return item.startsAt === null ? item.title : `${item.title}, ${dayAndTime(item.startsAt, language)}`
    default:
      return item.text
  }
}

/** Whose tile stands on it; a person's face stands on the others. */
export const tileOf = (item: WaitingItem, mine: ServiceId): ServiceId | undefined =>
  item.kind === 'measure' || item.kind === 'evaluation' ? mine : undefined
