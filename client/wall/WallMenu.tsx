import { MenuElipsisHorizontalIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import type { PersonId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useMe } from '../api/queries.ts'
import { useNamesHidden } from '../cases/hidden-names.ts'
import { LanguageChoices, ThemeChoices } from '../shell/preferences.tsx'
import { Menu, MenuGroup, MenuItem, MenuLine } from '../ui/Menu.tsx'
import { firstName } from '../ui/names.ts'
import { useKeysOn } from './use-keys.ts'
import { useOnWall } from './wall-context.ts'

/** What one may switch on this screen, and who leads. */
export function WallMenu() {
  const { t } = useTranslation()
  const me = useMe()
  const { meeting, leads, commands, offerUndo } = useOnWall()
  const [hidden, toggleHidden] = useNamesHidden()
  const [keysOn, toggleKeys] = useKeysOn()
  const lead = async (person: PersonId, name: string) => {
    const passed = await commands.run(() =>
      call(endpoints.passLead, { params: { id: meeting.id }, body: { person } }),
    )
    if (passed) offerUndo(t('meeting.lead.now', { name }), undefined)
  }
  const others = meeting.people.filter(
    ({ person, leftOut, attended }) => leftOut === null && attended !== false && person !== me.id,
  )
  return (
    <Menu
      label={t('meeting.menu')}
      className="wall-menu-button"
      button={<MenuElipsisHorizontalIcon aria-hidden />}
    >
      <MenuItem onSelect={toggleHidden}>{t(hidden ? 'meeting.showNames' : 'cases.hideNames')}</MenuItem>
      <MenuItem onSelect={toggleKeys}>{t(keysOn ? 'meeting.keys.off' : 'meeting.keys.on')}</MenuItem>
      {leads && others.length > 0 && (
        <>
          <MenuLine />
          <MenuGroup label={t('meeting.lead.pass')}>
            {others.map(({ person, name }) => (
              <MenuItem key={person} onSelect={() => void lead(person, firstName(name))}>
                {name}
              </MenuItem>
            ))}
          </MenuGroup>
        </>
      )}
      <MenuLine />
      <LanguageChoices />
      <ThemeChoices />
    </Menu>
  )
}

const hints = [
  { keys: ['1', '5'], between: '–', word: 'rate' },
  { keys: ['T'], between: '', word: 'measure' },
  { keys: ['D'], between: '', word: 'decision' },
  { keys: ['R'], between: '', word: 'minutes' },
  { keys: ['←', '→'], between: ' ', word: 'page' },
] as const

/** Which keys do what, and the switch that turns them off. */
export function KeyHints() {
  const { t } = useTranslation()
  const [on, toggle] = useKeysOn()
  return (
    <div className="wall-keys">
      {on && (
        <ul className="plain">
          {hints.map(({ keys, between, word }) => (
            <li key={word}>
              <span className="wall-key-pair">
                {keys.map((key, at) => (
                  <span key={key}>
                    {at > 0 && between}
                    <kbd>{key}</kbd>
                  </span>
                ))}
              </span>{' '}
              {t(`meeting.keys.${word}`)}
            </li>
          ))}
        </ul>
      )}
      <button type="button" className="link-button" onClick={toggle}>
        {t(on ? 'meeting.keys.off' : 'meeting.keys.on')}
      </button>
    </div>
  )
}
