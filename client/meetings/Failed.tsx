import { ExclamationmarkTriangleIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import { errorKey } from '../api/call.ts'

/** Why something did not go through; nothing while nothing has failed. */
export function Failed({ error, what }: { error: unknown; what: string }) {
  const { t } = useTranslation()
  if (error === undefined) return null
  return (
    <div className="notice" data-tone="error" role="alert">
      <ExclamationmarkTriangleIcon aria-hidden />
      <p>
        <strong>{what}</strong> {t(errorKey(error))}
      </p>
    </div>
  )
}
