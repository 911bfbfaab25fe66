import { useTranslation } from 'react-i18next'
import { useServices } from '../api/queries.ts'
import { bylineWhen } from '../case-log/when.ts'
import { inServiceColours } from '../ui/service.ts'
import { Tile } from '../ui/Tile.tsx'
import type { Shown } from './log-news.ts'
import { fieldSentence, sentence, stepsOf } from './sentences.ts'
import type { News } from './use-news.ts'

/** Everything new, a sentence each, with what came and what went; each leads to its place in the log. */
export function NewsList({ id, news, onGo }: { id: string; news: News; onGo: (item: Shown) => void }) {
  const { t } = useTranslation()
  return (
    <div className="news-list" id={id}>
      <ul className="plain">
        {news.items.map((item) => (
          <li key={item.key}>
            <Row item={item} news={news} onGo={() => onGo(item)} />
          </li>
        ))}
      </ul>
      {news.more > 0 && <p className="news-more">{t('news.more', { count: news.more })}</p>}
    </div>
  )
}

function Row({ item, news: { naming }, onGo }: { item: Shown; news: News; onGo: () => void }) {
  const { t, language } = naming
  const [main] = item.by
  const said = sentence(item, naming)
  const fields = fieldSentence(item, naming)
  const steps = stepsOf(item)
  return (
    <button type="button" className="news-row" data-news={item.read ? 'read' : 'unread'} onClick={onGo}>
      {main && <Tile service={main.service} size={28} named />}
      <span className="news-row-said">
        <span className="news-sentence">{said}</span>
        {main && <time dateTime={new Date(main.at).toISOString()}>{bylineWhen(main.at, language, t)}</time>}
      </span>
      <span className="news-row-words">
        {steps && (
          <>
            {steps.from !== undefined && <span className="news-step">{steps.from}</span>}
            {steps.from !== undefined && ' → '}
            <span className="news-step" data-now="">
              {steps.to}
            </span>{' '}
          </>
        )}
        {item.parts.map((part) => (
          <Part key={`${part.mark} ${part.ids?.[0]} ${part.after} ${part.text}`} part={part} />
        ))}
        {fields !== '' && fields !== said && <span className="news-row-fields"> {fields}</span>}
      </span>
    </button>
  )
}

function Part({ part: { mark, text, service } }: { part: Shown['parts'][number] }) {
  const services = useServices()
  const colours = inServiceColours(services.find(({ id }) => id === service))
  if (mark === 'same') return text
  if (mark === 'gone') return <del>{text}</del>
  return <ins {...colours}>{text}</ins>
}
