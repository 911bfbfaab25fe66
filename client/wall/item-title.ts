import type { AgendaItem } from '../../shared/meetings.ts'
import type { Translate } from '../i18n/i18n.ts'

/** What an item is called on this screen. What the agenda puts there by itself speaks the reader's language. */
export function itemTitle(
  { kind, title, person }: Pick<AgendaItem, 'kind' | 'title' | 'person'>,
  t: Translate,
): string {
  if (person === null && (kind === 'since' || kind === 'nextDate' || kind === 'disagreement'))
    return t(`meeting.kind.${kind}`)
  return kind === 'question' && title === '–' ? t('meeting.question.bare') : title
}
