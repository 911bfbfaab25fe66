import { useTranslation } from 'react-i18next'
import { isSafeLink } from '../../shared/blocks/marks.ts'
import type { HistoryRun, HistoryWriter } from '../../shared/history.ts'
import { useServices } from '../api/queries.ts'
import { firstName } from '../ui/names.ts'
import { inServiceColours } from '../ui/service.ts'
import { writerOf } from './queries.ts'
import { fullMoment } from './when.ts'

/** Text as it stood: what came is in its writer's service's colour, what went is struck. */
export function MomentRuns({
  runs,
  writers,
}: {
  runs: readonly HistoryRun[]
  writers: readonly HistoryWriter[]
}) {
  let at = 0
  return runs.map((run) => {
    const key = at
    at += run.text.length + 1
    return <Run key={key} run={run} writers={writers} />
  })
}

function Run({ run, writers }: { run: HistoryRun; writers: readonly HistoryWriter[] }) {
  const { t, i18n } = useTranslation()
  const services = useServices()
  const text = run.mention ? <span className="mention">{run.text}</span> : run.text
  const marked = <Marked run={run}>{text}</Marked>
  const say = (
    key: 'history.moment.wrote' | 'history.moment.deleted',
    who: number | undefined,
    at: number | undefined,
  ) => {
    const name = writerOf(writers, who)?.name
    return name && at !== undefined
      ? t(key, { name: firstName(name), when: fullMoment(at, i18n.language, t) })
      : undefined
  }
  if (run.state === 'inserted') {
    const id = writerOf(writers, run.writer)?.service
    const service = services.find((one) => one.id === id)
    return (
      <ins
        className="came"
        title={say('history.moment.wrote', run.writer, run.at)}
        {...inServiceColours(service)}
      >
        {marked}
      </ins>
    )
  }
  if (run.state === 'deleted')
    return (
      <del className="went" title={say('history.moment.deleted', run.deleter, run.deletedAt)}>
        {marked}
      </del>
    )
  return marked
}

function Marked({ run, children }: { run: HistoryRun; children: React.ReactNode }) {
  const { bold, italic, href } = run
  if (href !== undefined && isSafeLink(href))
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        <Marked run={{ ...run, href: undefined }}>{children}</Marked>
      </a>
    )
  if (bold)
    return (
      <strong>
        <Marked run={{ ...run, bold: undefined }}>{children}</Marked>
      </strong>
    )
  return italic ? <em>{children}</em> : children
}
