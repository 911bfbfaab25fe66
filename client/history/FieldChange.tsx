import { useTranslation } from 'react-i18next'
import type { HistoryNode } from '../../shared/history.ts'
import { type Saying, saidValue } from './sentences.ts'

type Given = { node: HistoryNode; field: string; saying: Saying; capital?: boolean }

/** What a field held, after what it held at the earlier moment when that was something else. */
export function FieldChange({ node, field, saying, capital = false }: Given) {
  const { t } = useTranslation()
  const words = (value: string | undefined) =>
    value && capital ? value.charAt(0).toLocaleUpperCase(saying.language) + value.slice(1) : value
  const now = words(saidValue(node.type, field, node.fields[field] ?? null, saying))
  if (!node.before || !(field in node.before)) {
    const date = now ?? ''
    if (field === 'start') return <span>{t('blocks.from', { date })}</span>
    return <span>{field === 'due' ? t('blocks.until', { date }) : now}</span>
  }
  const was = words(saidValue(node.type, field, node.before[field] ?? null, saying))
  return (
    <span className="field-change">
      {was && <del>{was}</del>} <ins>{now ?? t('history.moment.nobody')}</ins>
    </span>
  )
}
