import { useTranslation } from 'react-i18next'

/** «To venter på deg.» */
export function WaitingSentence({ count }: { count: number }) {
  const { t } = useTranslation()
  return (
    <>
      <strong className="waiting">{t('waiting.headline', { count, number: useNumber(count) })}</strong>{' '}
      {t('cases.otherwiseCalm')}
    </>
  )
}

const named = ['2', '3', '4', '5', '6', '7', '8', '9', '10'] as const

function useNumber(count: number): string {
  const { t } = useTranslation()
  const known = named.find((word) => word === String(count))
  return known ? t(`waiting.numbers.${known}`) : String(count)
}
