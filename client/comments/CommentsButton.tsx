import { ChatElipsisIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { useComments } from './use-comments.ts'

/** Opens the list of comments; says how many are open, and whether any is new. */
export function CommentsButton() {
  const { t } = useTranslation()
  const { cards, unread, listOpen, openList } = useComments()
  const count = cards.filter(({ thread }) => thread && !thread.resolved).length
  const open = t('comments.openCount', { count })
  const label = unread > 0 ? `${open}. ${t('comments.unreadCount', { count: unread })}` : open
  return (
    <Button
      variant="secondary"
      size="sm"
      className="comments-button"
      icon={<ChatElipsisIcon aria-hidden />}
      aria-label={label}
      aria-expanded={listOpen}
      title={t('comments.open')}
      onClick={() => openList(!listOpen)}
    >
      {count > 0 ? count : ''}
      {unread > 0 && <i className="comments-dot" aria-hidden="true" />}
    </Button>
  )
}
