import { CheckmarkIcon } from '@navikt/aksel-icons'
import { memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useServiceOf } from '../api/queries.ts'
import { bylineWhen } from '../case-log/when.ts'
import { Button } from '../ui/Button.tsx'
import { firstName } from '../ui/names.ts'
import { inServiceColours } from '../ui/service.ts'
import { Became } from './Became.tsx'
import { BecomeMenu } from './BecomeMenu.tsx'
import { CommentField } from './CommentField.tsx'
import { CommentView } from './CommentView.tsx'
import type { Card } from './cards.ts'
import { drafts } from './drafts.ts'
import { putThread } from './queries.ts'
import { send } from './sending.ts'
import { useComments } from './use-comments.ts'
import { useReadOnScreen } from './use-read-on-screen.ts'

type Given = {
  card: Card
  active: boolean
  /** Says what it is about, where it does not stand beside its text. */
  quoted?: boolean
}

/** So many comments of a thread are shown before it is opened. */
const SHORT = 3

/** One thread: its comments, and where it is open, all that one may do with it. */
export const ThreadCard = memo(function ThreadCard({ card, active, quoted = false }: Given) {
  const { t, i18n } = useTranslation()
  const { open, close, anchors, focus, canWrite } = useComments()
  const article = useRef<HTMLElement>(null)
  useReadOnScreen(article, card)
  const service = useServiceOf(card.service)
  const { thread, said } = card
  const unread = thread?.unread ?? 0
  const [first] = said
  const all = active || unread > 0 || said.length <= SHORT
  const shown = all ? said : [...said.slice(0, 1), ...said.slice(-1)]
  const name = firstName(first?.by.name ?? '')

  useEffect(() => {
    if (active && focus.on === 'card') article.current?.focus({ preventScroll: true })
  }, [active, focus])

  return (
    <article
      ref={article}
      className="thread"
      tabIndex={-1}
      data-active={active || undefined}
      data-unread={unread > 0 || undefined}
      aria-label={label()}
      {...inServiceColours(service)}
      onPointerEnter={() => anchors.point(card.id)}
      onPointerLeave={() => anchors.point(undefined)}
      onClick={({ target }) => {
        if (!active && target instanceof Element && !target.closest('button, a')) open(card.id)
      }}
      onKeyDown={({ key, target, defaultPrevented }) => {
        // A menu or a dialog of the card closes alone.
        const over = target instanceof Element && target.closest('[popover], dialog:not(.sheet)')
        if (key === 'Escape' && !over && !defaultPrevented) close(true)
      }}
    >
      {(quoted || card.gone) && card.quote !== '' && (
        <blockquote className="thread-quote" data-gone={card.gone || undefined}>
          {card.quote}
        </blockquote>
      )}
      {card.gone && <p className="thread-gone">{t('comments.gone')}</p>}
      {unread > 0 && (
        <p className="thread-new">
          <i aria-hidden="true" /> {t('comments.new')}
        </p>
      )}
      <ol className="plain thread-said">
        {shown.map((one, at) => [
          !all && at === 1 && (
            <li key="more">
              <button type="button" className="thread-action" onClick={() => open(card.id)}>
                {t('comments.more', { count: said.length - 2 })}
              </button>
            </li>
          ),
          <CommentView key={one.id} card={card} said={one} first={at === 0} active={active} />,
        ])}
      </ol>
      {thread && <Became card={card} became={thread.became} />}
      {thread?.resolved && (
        <p className="thread-resolved">
          <CheckmarkIcon aria-hidden />
          {t('comments.resolvedBy', {
            name: firstName(thread.resolved.by.name),
            when: bylineWhen(thread.resolved.at, i18n.language, t),
          })}
        </p>
      )}
      {canWrite && <Answer card={card} active={active} name={name} />}
    </article>
  )

  function label(): string {
    if (!first) return t('comments.draftFor', { quote: short(card.quote) })
    if (card.quote === '') return t('comments.threadBlock', { name: first.by.name })
    return t('comments.thread', { name: first.by.name, quote: short(card.quote) })
  }
})

/** The beginning of a long quote. */
export const short = (quote: string): string =>
  quote.length > 60 ? `${quote.slice(0, 57).trimEnd()} …` : quote

/** Reply, finish, become: words alone while the thread is closed. */
function Answer({ card, active, name }: { card: Card; active: boolean; name: string }) {
  const { t } = useTranslation()
  const { detail, me, open, close, focus } = useComments()
  const [failed, setFailed] = useState(false)
  const { thread } = card
  const resolved = thread?.resolved != null
  const resolve = async () => {
    if (!thread) return
    try {
      const params = { id: detail.id, thread: card.id }
      const answer = await call(endpoints.resolveThread, { params, body: { resolved: !resolved } })
      putThread(detail.id, answer.thread)
      setFailed(false)
      if (!resolved && active) close(true)
    } catch {
      setFailed(true)
    }
  }
  const draft = drafts.of(card.id)
  const finish = thread && (
    <button
      type="button"
      className="thread-action"
      aria-label={resolved ? undefined : t('comments.resolveLong')}
      onClick={() => void resolve()}
    >
      {t(resolved ? 'comments.reopen' : 'comments.resolve')}
    </button>
  )
  const trouble = failed && (
    <p className="comment-trouble" role="alert">
      {t('comments.notDone')}
    </p>
  )
  if (!active)
    return (
      <>
        <div className="thread-actions">
          {!resolved && (
            <button
              type="button"
              className="thread-action"
              aria-label={name && !draft?.content ? t('comments.replyTo', { name }) : undefined}
              onClick={() => open(card.id, 'reply')}
            >
              {draft?.content ? t('comments.draft') : t('comments.reply')}
            </button>
          )}
          {finish}
        </div>
        {trouble}
      </>
    )
  const begun = card.said.length === 0
  return (
    <div className="thread-answer">
      {!resolved && (
        <CommentField
          key={`${card.id}/${focus.at}`}
          label={t(begun ? 'comments.write' : 'comments.replyLabel')}
          placeholder={t(begun ? 'comments.write' : 'comments.reply')}
          send={t('comments.send')}
          content={draft?.content}
          autoFocus={focus.on === 'reply'}
          onChange={(content) => {
            const anchor = drafts.of(card.id)?.anchor
            if (content === undefined && !anchor) return drafts.drop(card.id)
            drafts.keep({ case: detail.id, thread: card.id, content, ...(anchor ? { anchor } : {}) })
          }}
          onSend={(text, mentions) =>
            send({ detail, me, thread: card.id, text, mentions, anchor: drafts.of(card.id)?.anchor })
          }
          onLeave={() => close(true)}
        >
          {begun && (
            <Button
              size="sm"
              variant="tertiary"
              onClick={() => {
                drafts.drop(card.id)
                close(true)
              }}
            >
              {t('comments.discard')}
            </Button>
          )}
        </CommentField>
      )}
      <div className="thread-actions">
        {finish}
        {thread && !resolved && <BecomeMenu card={card} onFailed={setFailed} />}
      </div>
      {trouble}
    </div>
  )
}
