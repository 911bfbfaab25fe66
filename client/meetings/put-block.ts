import type { AgendaItemId, CaseId } from '../../shared/ids.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { newId } from '../api/ids.ts'
import type { BlockForAgenda } from '../blocks/on-agenda.ts'
import { t } from '../i18n/i18n.ts'
import { announce } from '../ui/announce.ts'
import { tellTrouble } from '../ui/trouble.ts'
import { noteAgenda } from './queries.ts'

/** Puts blocks of a log on the agenda of its next meeting, where they are seen beside the log at once. */
export const putBlockOf =
  (id: CaseId) =>
  (block: BlockForAgenda): void => {
    const put = async () => {
      await call(endpoints.putOnAgenda, { params: { id }, body: { id: newId<AgendaItemId>(), ...block } })
      noteAgenda(id)
      announce(t('meetings.isOnAgenda', { name: block.title }))
    }
    put().catch((error: unknown) => tellTrouble(`${t('meetings.notPut')} ${t(errorKey(error))}`))
  }
