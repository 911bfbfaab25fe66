import { CheckmarkIcon, MenuElipsisVerticalIcon } from '@navikt/aksel-icons'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { agendaRoutes } from '../../shared/agenda-routes.ts'
import type { AgendaItem } from '../../shared/meetings.ts'
import { call, type Input } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { announce } from '../ui/announce.ts'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuLine } from '../ui/Menu.tsx'
import { firstName } from '../ui/names.ts'
import { spent } from './clock.ts'
import { itemTitle } from './item-title.ts'
import { moveTo, placeIn } from './order.ts'
import { useMinute } from './WallClock.tsx'
import { useOnWall } from './wall-context.ts'

type Change = Input<typeof agendaRoutes.changeItem>['body']
const lengths = [5, 10, 15, 20, 30]

type Given = { item: AgendaItem; number: number; shown: boolean; onGo: () => void }

/** One item: where it stands, how long it takes, who brings it. Alt with an arrow moves it. */
export function AgendaRow({ item, number, shown, onGo }: Given) {
  const { t } = useTranslation()
  const { meeting, commands, say } = useOnWall()
  const { agenda, live } = meeting
  const title = say(itemTitle(item, t))
  const done = item.status === 'done'
  const current = live?.item === item.id

  const change = (body: Change) =>
    commands.run(() => call(endpoints.changeAgendaItem, { params: { id: meeting.id, item: item.id }, body }))
  const move = async (direction: 'up' | 'down') => {
    const after = moveTo(agenda, item.id, direction)
    if (after === undefined || !(await change({ after }))) return
    const { at, count } = placeIn(agenda, item.id)
    announce(t('meeting.agenda.moved', { title, place: at + (direction === 'up' ? -1 : 1), count }))
  }
  const onKey = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || !meeting.mayChange) return
    event.preventDefault()
    void move(event.key === 'ArrowUp' ? 'up' : 'down')
  }
  const takeOff = () =>
    void commands.run(async () => {
      await call(endpoints.takeOffAgenda, { params: { id: item.case, item: item.id } })
      return call(endpoints.meeting, { params: { id: meeting.id } })
    })
  const about = [
    t('meeting.agenda.minutes', { count: item.minutes }),
    item.person ? t('meeting.agenda.from', { name: firstName(item.person.name) }) : '',
    item.carried ? t('meeting.agenda.carried') : '',
  ].filter(Boolean)

  return (
    <div className="wall-row" data-shown={shown || undefined} data-done={done || undefined}>
      <button
        type="button"
        className="wall-row-go"
        aria-current={shown ? 'step' : undefined}
        aria-keyshortcuts={meeting.mayChange ? 'Alt+ArrowUp Alt+ArrowDown' : undefined}
        onClick={onGo}
        onKeyDown={onKey}
      >
        <span className="wall-row-mark">
          {done ? <CheckmarkIcon title={t('meeting.agenda.done')} /> : number}
        </span>
        <span className="wall-row-words">
          <span className="wall-row-title">{title}</span>
          <span className="wall-row-about">{about.join(' · ')}</span>
          {current && !shown && <span className="wall-row-about">{t('meeting.agenda.meetingIsHere')}</span>}
        </span>
      </button>
      {current && live && <Spent since={live.itemSince} minutes={item.minutes} />}
      {meeting.mayChange && (
        <Menu
          label={t('meeting.agenda.more', { title })}
          className="wall-row-menu"
          button={<MenuElipsisVerticalIcon aria-hidden />}
        >
          <MenuItem onSelect={() => void change({ status: done ? 'open' : 'done' })}>
            {t(done ? 'meeting.agenda.reopen' : 'meeting.agenda.markDone')}
          </MenuItem>
          <MenuItem onSelect={() => void move('up')}>{t('blocks.moveUp')}</MenuItem>
          <MenuItem onSelect={() => void move('down')}>{t('blocks.moveDown')}</MenuItem>
          <MenuLine />
          <MenuGroup label={t('meeting.agenda.length')}>
            {lengths.map((minutes) => (
              <MenuChoice
                key={minutes}
                checked={minutes === item.minutes}
                onSelect={() => void change({ minutes })}
              >
                {t('meeting.agenda.minutes', { count: minutes })}
              </MenuChoice>
            ))}
          </MenuGroup>
          <MenuGroup label={t('meeting.agenda.who')}>
            {meeting.people
              .filter(({ leftOut }) => leftOut === null)
              .map(({ person, name }) => (
                <MenuChoice
                  key={person}
                  checked={person === item.person?.person}
                  onSelect={() => void change({ person })}
                >
                  {name}
                </MenuChoice>
              ))}
          </MenuGroup>
          {!current && (
            <>
              <MenuLine />
              <MenuItem onSelect={takeOff}>{t('meeting.agenda.takeOff')}</MenuItem>
            </>
          )}
        </Menu>
      )}
    </div>
  )
}

/** How much of the item's time is gone, as a thin line that fills once and stays. */
function Spent({ since, minutes }: { since: number; minutes: number }) {
  const now = useMinute()
  return (
    <span className="wall-row-spent" aria-hidden="true">
      <span style={{ '--spent': `${Math.round(spent(since, minutes, now) * 100)}%` }} />
    </span>
  )
}
