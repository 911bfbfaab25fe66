import { CheckmarkIcon, XMarkIcon } from '@navikt/aksel-icons'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlockId } from '../../shared/ids.ts'
import { useOnline } from '../api/online.ts'
import { useMe, useServiceOf } from '../api/queries.ts'
import { bylineWhen } from '../case-log/when.ts'
import { Button } from '../ui/Button.tsx'
import { Face } from '../ui/Face.tsx'
import { firstName } from '../ui/names.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { inServiceColours } from '../ui/service.ts'
import { goalsOf } from './BecomeMenu.tsx'
import { type Card, type Filter, filtered, filters, lastAt } from './cards.ts'
import { showThread } from './show.ts'
import { ThreadCard } from './ThreadCard.tsx'
import { useComments } from './use-comments.ts'

/** All threads of the log, with filters: also those that are finished, and those whose text is gone. */
export function ThreadList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const online = useOnline()
  const { cards, canWrite, state, retry } = useComments()
  const [filter, setFilter] = useState<Filter>('open')
  const goal = useGoalAtCaret(filter === 'goal')
  const blocks = goal?.blocks
  const inGoal = ({ thread, block }: Card) => {
    const at = thread?.anchor.block ?? block
    return at !== undefined && at !== null && blocks?.has(at) === true
  }
  const title = useId()
  const shown = filtered(cards, filter, { me, inGoal })
  return (
    <section className="thread-list" aria-labelledby={title}>
      <header className="sheet-head">
        <h2 id={title}>{t('comments.title')}</h2>
        <Button
          variant="tertiary"
          size="sm"
          aria-label={t('comments.close')}
          icon={<XMarkIcon aria-hidden />}
          onClick={onClose}
        />
      </header>
      <Filters value={filter} onChange={setFilter} />
      {!online && <p className="thread-message">{t('comments.offline')}</p>}
      {!canWrite && <p className="thread-message">{t('comments.readOnly')}</p>}
      {state === 'loading' && (
        <div role="status" aria-label={t('comments.loading')} className="thread-message">
          {[0, 1, 2].map((row) => (
            <Skeleton key={row} width="100%" height={64} />
          ))}
        </div>
      )}
      {state === 'failed' && (
        <div className="thread-message" role="alert">
          <p>{t('comments.failed')}</p>
          <Button variant="secondary" size="sm" onClick={retry}>
            {t('shell.retry')}
          </Button>
        </div>
      )}
      {state === 'ready' && cards.length === 0 && (
        <p className="thread-message">
          {t('comments.empty')} {canWrite && t('comments.emptyHow')}
        </p>
      )}
      {state === 'ready' && cards.length > 0 && shown.length === 0 && (
        <p className="thread-message">
          {filter === 'goal' && !goal ? t('comments.goalHint') : t('comments.emptyFiltered')}
        </p>
      )}
      <ul className="plain thread-rows">
        {shown.map((card) => (
          <li key={card.id}>
            <Row card={card} />
          </li>
        ))}
      </ul>
      {canWrite && <p className="thread-keys">{t('comments.keys')}</p>}
    </section>
  )
}

function Filters({ value, onChange }: { value: Filter; onChange: (filter: Filter) => void }) {
  const { t } = useTranslation()
  const name = useId()
  return (
    <fieldset className="thread-filters">
      <legend className="unseen">{t('comments.filter')}</legend>
      {filters.map((filter) => (
        <label key={filter}>
          <input type="radio" name={name} checked={filter === value} onChange={() => onChange(filter)} />
          {t(`comments.filters.${filter}`)}
        </label>
      ))}
    </fieldset>
  )
}

/** The goal that the caret is in, live. */
function useGoalAtCaret(asked: boolean): { blocks: ReadonlySet<string> } | undefined {
  const { editor } = useComments()
  const [id, setId] = useState<BlockId>()
  useEffect(() => {
    if (!asked || !editor || editor.isDestroyed) return
    const look = (): void => {
      const { $head } = editor.state.selection
      let goal: BlockId | undefined
      for (let depth = $head.depth; depth > 0; depth -= 1)
        if ($head.node(depth).type.name === 'goal') goal = $head.node(depth).attrs['id']
      setId(goal)
    }
    look()
    editor.on('selectionUpdate', look)
    return () => {
      editor.off('selectionUpdate', look)
    }
  }, [asked, editor])
  return asked ? goalsOf(editor).find((goal) => goal.id === id) : undefined
}

/** A thread in short. Where its text stands nowhere, it opens here. */
function Row({ card }: { card: Card }) {
  const { t, i18n } = useTranslation()
  const { active, open, editor, anchors } = useComments()
  const [here, setHere] = useState(false)
  const [first] = card.said
  const service = useServiceOf(card.service)
  const unread = (card.thread?.unread ?? 0) > 0
  if (active === card.id && (here || card.gone)) return <ThreadCard card={card} active quoted />
  const go = () => {
    const stands = editor !== undefined && showThread(editor, anchors, card)
    setHere(!stands)
    open(card.id, first ? 'card' : 'reply')
  }
  return (
    <button
      type="button"
      className="thread-row"
      data-current={active === card.id || undefined}
      onClick={go}
      {...inServiceColours(service)}
    >
      {first && <Face name={first.by.name} service={first.by.service} size={26} />}
      <span className="thread-row-said">
        <span className="thread-row-head">
          {first && <b>{firstName(first.by.name)}</b>}
          {!first && <b>{t('comments.draft')}</b>}
          {first && <span className="quiet">{bylineWhen(lastAt(card), i18n.language, t)}</span>}
          {unread && (
            <span className="thread-new">
              <i aria-hidden="true" /> {t('comments.new')}
            </span>
          )}
          {card.thread?.resolved && (
            <span className="quiet">
              <CheckmarkIcon aria-hidden /> {t('comments.filters.resolved')}
            </span>
          )}
        </span>
        {card.quote !== '' && (
          <span className="thread-quote" data-gone={card.gone || undefined}>
            {card.quote}
          </span>
        )}
        {card.gone && <span className="thread-gone">{t('comments.gone')}</span>}
        {first && (
          <span className="thread-row-text">{first.deleted ? t('comments.deleted') : first.text}</span>
        )}
        {card.said.length > 1 && (
          <span className="quiet">{t('comments.replies', { count: card.said.length - 1 })}</span>
        )}
      </span>
    </button>
  )
}
