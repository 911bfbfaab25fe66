import { CheckmarkIcon, HandShakeHeartIcon, ThumbUpIcon } from '@navikt/aksel-icons'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reaction } from '../../shared/comments.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import type { Card, Said } from './cards.ts'
import { putThread } from './queries.ts'
import { useComments } from './use-comments.ts'

const reactions: readonly Reaction[] = ['seen', 'agree', 'thanks']
const icons: Record<Reaction, ReactNode> = {
  seen: <CheckmarkIcon aria-hidden />,
  agree: <ThumbUpIcon aria-hidden />,
  thanks: <HandShakeHeartIcon aria-hidden />,
}

/** A word that spares a reply. Those given stand below the comment; where the thread is open, others' may be given. */
export function Reactions({ card, said, active }: { card: Card; said: Said; active: boolean }) {
  const { t } = useTranslation()
  const { me, canWrite, detail } = useComments()
  const [failed, setFailed] = useState(false)
  const own = said.by.person === me.person
  const mayGive = active && canWrite && !own && card.thread !== undefined
  const peopleOf = (reaction: Reaction) =>
    said.reactions.find((one) => one.reaction === reaction)?.people ?? []
  const shown = reactions.filter((reaction) => mayGive || peopleOf(reaction).length > 0)
  if (shown.length === 0) return null

  const give = async (reaction: Reaction, given: boolean) => {
    const to = given ? endpoints.unreact : endpoints.react
    try {
      const params = { id: detail.id, thread: card.id, comment: said.id, reaction }
      putThread(detail.id, (await call(to, { params })).thread)
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }
  return (
    <>
      <ul className="plain reactions" aria-label={t('comments.reactionLabel')}>
        {shown.map((reaction) => {
          const people = peopleOf(reaction)
          const mine = people.some(({ person }) => person === me.person)
          const names = people.map(({ person, name }) => (person === me.person ? t('comments.you') : name))
          const words = t(`comments.reactions.${reaction}`)
          const title =
            names.length > 0 ? t('comments.reactionBy', { reaction: words, names: names.join(', ') }) : words
          const face = (
            <>
              {icons[reaction]}
              {words}
              {people.length > 0 && <b>{people.length}</b>}
            </>
          )
          return (
            <li key={reaction}>
              {mayGive ? (
                <button
                  type="button"
                  className="reaction"
                  aria-pressed={mine}
                  title={title}
                  onClick={() => void give(reaction, mine)}
                >
                  {face}
                </button>
              ) : (
                <span className="reaction" title={title}>
                  {face}
                  <span className="unseen">{names.join(', ')}</span>
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {failed && (
        <p className="comment-trouble" role="alert">
          {t('comments.notDone')}
        </p>
      )}
    </>
  )
}
