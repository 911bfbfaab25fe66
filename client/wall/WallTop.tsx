import { XMarkIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AgendaItem } from '../../shared/meetings.ts'
import { useCaseName } from '../cases/hidden-names.ts'
import { Baton } from '../ui/Baton.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { firstName } from '../ui/names.ts'
import { Attendance } from './Attendance.tsx'
import { WallClock } from './WallClock.tsx'
import { WallMenu } from './WallMenu.tsx'
import { useOnWall } from './wall-context.ts'

/** Who it is for, who leads, who is there, what time it is, and the way out. */
export function WallTop({ item, onEnd }: { item: AgendaItem | undefined; onEnd: () => void }) {
  const { t } = useTranslation()
  const { meeting, leads, say } = useOnWall()
  const nameOf = useCaseName()
  const only = meeting.kind === 'case' ? meeting.cases[0] : undefined
  const of = only ?? meeting.cases.find(({ id }) => id === item?.case)
  const title = say(meeting.title)
  const led = t('meeting.ledBy', { title, name: firstName(meeting.leader.name) })
  const out = of ? `/logg/${of.id}` : '/'
  return (
    <header className="wall-top">
      <Link className="wall-home" to={out} aria-label={t(of ? 'meeting.toLog' : 'shell.home')}>
        <Baton size={28} />
      </Link>
      <div className="wall-whom">
        <h1>{of ? nameOf(of.id, of.name) : title}</h1>
        <p>{led}</p>
      </div>
      <Attendance />
      <WallClock meeting={meeting} item={item} />
      <WallMenu />
      {leads ? (
        <Button variant="secondary" icon={<XMarkIcon aria-hidden />} onClick={onEnd}>
          {t('meeting.end.button')}
        </Button>
      ) : (
        <ButtonLink variant="secondary" to={out} className="wall-leave">
          {t('meeting.leave')}
        </ButtonLink>
      )}
    </header>
  )
}
