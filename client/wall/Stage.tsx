import { useTranslation } from 'react-i18next'
import type { AgendaItem } from '../../shared/meetings.ts'
import { GoalItem } from './GoalItem.tsx'
import { ItemFoot } from './ItemFoot.tsx'
import { itemTitle } from './item-title.ts'
import { NextItem } from './NextItem.tsx'
import { ConcernItem, MeasureItem, QuestionItem, ThreadItem } from './OtherItems.tsx'
import { SinceItem } from './SinceItem.tsx'
import { useLogOnWall, useOnWall } from './wall-context.ts'

/** The middle of the wall: what the item on this screen is about. */
export function Stage() {
  const { t } = useTranslation()
  const { say } = useOnWall()
  const { item } = useLogOnWall()
  if (!item) return <p className="wall-nothing">{t('meeting.agenda.emptyStage')}</p>
  return (
    <article className="wall-item" key={item.id}>
      {item.kind !== 'goal' && item.kind !== 'disagreement' && (
        <header>
          {itemTitle(item, t) !== t(`meeting.kind.${item.kind}`) && (
            <p className="wall-kind">{t(`meeting.kind.${item.kind}`)}</p>
          )}
          <h2 className="wall-title">{say(itemTitle(item, t))}</h2>
        </header>
      )}
      <About item={item} />
      <ItemFoot item={item} />
    </article>
  )
}

function About({ item }: { item: AgendaItem }) {
  switch (item.kind) {
    case 'goal':
    case 'disagreement':
      return <GoalItem item={item} />
    case 'since':
      return <SinceItem />
    case 'measure':
      return <MeasureItem item={item} />
    case 'comment':
      return <ThreadItem item={item} />
    case 'concern':
      return <ConcernItem item={item} />
    case 'question':
      return <QuestionItem item={item} />
    case 'nextDate':
      return <NextItem item={item} />
    case 'free':
      return null
  }
}
