import { MenuElipsisHorizontalIcon, PencilIcon, TrashIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useServiceOf, useServices } from '../api/queries.ts'
import { bylineWhen } from '../case-log/when.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Face } from '../ui/Face.tsx'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import { firstName } from '../ui/names.ts'
import { inServiceColours } from '../ui/service.ts'
import { CommentField } from './CommentField.tsx'
import type { Card, Said } from './cards.ts'
import { contentOf, piecesOf } from './comment-words.ts'
import { drafts } from './drafts.ts'
import { putThread } from './queries.ts'
import { Reactions } from './Reactions.tsx'
import { outbox } from './sending.ts'
import { useComments } from './use-comments.ts'

type Given = { card: Card; said: Said; first: boolean; active: boolean }

/** One comment: who, when, what; and what one may do with it where its thread is open. */
export function CommentView({ card, said, first, active }: Given) {
  const { t, i18n } = useTranslation()
  const { me, canWrite, detail } = useComments()
  const service = useServiceOf(said.by.service)
  const [editing, setEditing] = useState(() => drafts.of(card.id, said.id) !== undefined)
  const own = said.by.person === me.person
  const meta = first || active

  if (editing)
    return (
      <li className="comment">
        <CommentField
          label={t('comments.edit')}
          placeholder={t('comments.write')}
          send={t('comments.save')}
          content={drafts.of(card.id, said.id)?.content ?? contentOf(said.text, said.mentions)}
          autoFocus
          onChange={(content) => drafts.keep({ case: detail.id, thread: card.id, comment: said.id, content })}
          onSend={(text, mentions) => {
            const { id, by, at } = said
            outbox.send({ case: detail.id, thread: card.id, id, by, at, text, mentions, changes: true })
            drafts.drop(card.id, said.id)
            setEditing(false)
          }}
          onLeave={() => {
            drafts.drop(card.id, said.id)
            setEditing(false)
          }}
        >
          <Button
            size="sm"
            variant="tertiary"
            onClick={() => {
              drafts.drop(card.id, said.id)
              setEditing(false)
            }}
          >
            {t('comments.cancel')}
          </Button>
        </CommentField>
      </li>
    )

  return (
    <li
      className="comment"
      data-pending={said.pending && said.pending.state !== 'refused' ? true : undefined}
    >
      <div className="comment-head">
        <Face name={said.by.name} service={said.by.service} size={first ? 26 : 24} />
        {meta ? (
          <p className="comment-by">
            <strong>{firstName(said.by.name)}</strong>{' '}
            <span className="quiet">
              {service?.shortName} · {bylineWhen(said.at, i18n.language, t)}
              {said.editedAt !== null && !said.deleted && ` · ${t('comments.edited')}`}
            </span>
          </p>
        ) : (
          <p className="comment-text">
            <span className="unseen">{said.by.name}: </span>
            <Words said={said} />
          </p>
        )}
        {active && own && canWrite && !said.deleted && !said.pending && (
          <OwnMenu card={card} said={said} onEdit={() => setEditing(true)} />
        )}
      </div>
      {meta && (
        <p className="comment-text">
          <Words said={said} />
        </p>
      )}
      {said.pending ? (
        <OnItsWay card={card} said={said} onChange={() => setEditing(true)} />
      ) : (
        !said.deleted && <Reactions card={card} said={said} active={active} />
      )}
    </li>
  )
}

/** The text, with the names of those it speaks to in their colours. */
function Words({ said }: { said: Said }) {
  const { t } = useTranslation()
  const { detail } = useComments()
  const services = useServices()
  if (said.deleted) return <span className="quiet">{t('comments.deleted')}</span>
  return piecesOf(said.text, said.mentions).map(({ text, mention }, at) => {
    if (!mention) return text
    const { kind, ref } = mention
    const of = kind === 'person' ? detail.members.find(({ person }) => person === ref)?.service : ref
    const service = services.find(({ id }) => id === of)
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name
      <span key={at} className="mention" {...inServiceColours(service)}>
        {text}
      </span>
    )
  })
}

function OwnMenu({ card, said, onEdit }: { card: Card; said: Said; onEdit: () => void }) {
  const { t } = useTranslation()
  const { detail } = useComments()
  const [asking, setAsking] = useState(false)
  const [error, setError] = useState<unknown>()
  const remove = async () => {
    try {
      const params = { id: detail.id, thread: card.id, comment: said.id }
      putThread(detail.id, (await call(endpoints.removeComment, { params })).thread)
      setAsking(false)
    } catch (failed) {
      setError(failed)
    }
  }
  return (
    <>
      <Menu
        label={t('comments.more')}
        className="comment-menu"
        button={<MenuElipsisHorizontalIcon aria-hidden />}
      >
        <MenuItem icon={<PencilIcon aria-hidden />} onSelect={onEdit}>
          {t('comments.edit')}
        </MenuItem>
        <MenuItem icon={<TrashIcon aria-hidden />} onSelect={() => setAsking(true)}>
          {t('comments.delete')}
        </MenuItem>
      </Menu>
      <Dialog title={t('comments.deleteTitle')} open={asking} onClose={() => setAsking(false)}>
        <p>{t('comments.deleteText')}</p>
        {error !== undefined && (
          <p className="comment-trouble" role="alert">
            {t(errorKey(error))}
          </p>
        )}
        <div className="notice-actions">
          <Button onClick={() => void remove()}>{t('comments.deleteYes')}</Button>
          <Button variant="secondary" onClick={() => setAsking(false)}>
            {t('comments.cancel')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

/** What the server does not have yet says so, and goes off by itself when it can. */
function OnItsWay({ card, said, onChange }: { card: Card; said: Said; onChange: () => void }) {
  const { t } = useTranslation()
  const { detail, open } = useComments()
  const { pending } = said
  if (!pending) return null
  if (pending.state === 'sending') return <p className="comment-state">{t('comments.sending')}</p>
  if (pending.state === 'waiting')
    return (
      <div className="comment-state" role="status">
        <p>{t('comments.unsent')}</p>
        <Button size="sm" variant="secondary" onClick={outbox.tryNow}>
          {t('comments.tryAgain')}
        </Button>
      </div>
    )
  /** Back into the field that it came from. */
  const change = () => {
    const taken = outbox.takeBack(pending.id)
    if (!taken) return
    const draft = { case: detail.id, thread: card.id, content: contentOf(taken.text, taken.mentions) }
    if (taken.changes) {
      drafts.keep({ ...draft, comment: taken.id })
      onChange()
      return
    }
    drafts.keep(taken.anchor ? { ...draft, anchor: taken.anchor } : draft)
    open(card.id, 'reply')
  }
  return (
    <div className="comment-state" data-tone="error" role="alert">
      <p>
        {t('comments.refused')} {t(errorKey(pending.error))}
      </p>
      <Button size="sm" variant="secondary" onClick={change}>
        {t('comments.change')}
      </Button>
      <Button size="sm" variant="tertiary" onClick={() => outbox.takeBack(pending.id)}>
        {t('comments.discard')}
      </Button>
    </div>
  )
}
