import { ClockDashedIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/capabilities.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { useMedia } from '../ui/media.ts'
import { WIDE } from './wide.ts'

type Given = { detail: CaseDetail; open: boolean; onToggle: () => void }

/** Opens the history: beside the log where there is room, else as a page of its own. */
export function HistoryButton({ detail, open, onToggle }: Given) {
  const { t } = useTranslation()
  const wide = useMedia(WIDE)
  if (!can(detail.role, 'log.history')) return null
  const icon = <ClockDashedIcon aria-hidden />
  if (wide)
    return (
      <Button variant="secondary" size="sm" icon={icon} aria-expanded={open} onClick={onToggle}>
        {t('history.open')}
      </Button>
    )
  return (
    <ButtonLink
      variant="secondary"
      size="sm"
      icon={icon}
      to={`/logg/${detail.id}/historikk`}
      aria-label={t('history.open')}
      className="history-link"
    >
      <span>{t('history.open')}</span>
    </ButtonLink>
  )
}
