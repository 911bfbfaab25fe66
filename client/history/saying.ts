import { useTranslation } from 'react-i18next'
import type { CaseDetail } from '../../shared/cases.ts'
import type { HistoryWriter } from '../../shared/history.ts'
import { useServices } from '../api/queries.ts'
import { firstName } from '../ui/names.ts'
import type { Saying } from './sentences.ts'

/** Names for sentences: those who take part now, and those who wrote and have left. */
export function useSaying(detail: Pick<CaseDetail, 'members'>, writers: readonly HistoryWriter[]): Saying {
  const { t, i18n } = useTranslation()
  const services = useServices()
  return {
    t,
    language: i18n.language,
    person(id) {
      const name = [...detail.members, ...writers].find(({ person }) => person === id)?.name
      return name && firstName(name)
    },
    service: (id) => services.find((service) => service.id === id)?.shortName,
  }
}
