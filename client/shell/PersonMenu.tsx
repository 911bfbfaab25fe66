import { BellIcon, CalendarIcon, LeaveIcon } from '@navikt/aksel-icons'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Person } from '../../shared/people.ts'
import { useServiceOf } from '../api/queries.ts'
import { signOut } from '../api/session.ts'
import { Face } from '../ui/Face.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/Menu.tsx'
import { LanguageChoices, ThemeChoices } from './preferences.tsx'

const NotificationsDialog = lazy(() => import('../notifications/NotificationsDialog.tsx'))

/** Behind your own face: who you are, language, light or dark, and the way out. */
export function PersonMenu({ me }: { me: Person }) {
  const { t } = useTranslation()
  const service = useServiceOf(me.service)
  const navigate = useNavigate()
  const [choosing, setChoosing] = useState(false)
  const leave = async () => {
    await signOut()
    await navigate('/')
  }
  return (
    <>
      <Menu
        label={t('shell.youMenu', { name: me.name })}
        className="face-button"
        button={<Face name={me.name} service={me.service} size={36} />}
      >
        <div className="menu-person" role="presentation">
          <strong>{me.name}</strong>
          <span>
            {me.title} · {service?.name}
          </span>
        </div>
        <MenuLine />
        <LanguageChoices />
        <MenuLine />
        <ThemeChoices />
        <MenuLine />
        <MenuItem icon={<CalendarIcon aria-hidden />} onSelect={() => void navigate('/moter')}>
          {t('shell.meetings')}
        </MenuItem>
        <MenuItem icon={<BellIcon aria-hidden />} onSelect={() => setChoosing(true)}>
          {t('notifications.open')}
        </MenuItem>
        <MenuItem icon={<LeaveIcon aria-hidden />} onSelect={() => void leave()}>
          {t('shell.signOut')}
        </MenuItem>
      </Menu>
      {choosing && (
        <Suspense fallback={null}>
          <NotificationsDialog onClose={() => setChoosing(false)} />
        </Suspense>
      )}
    </>
  )
}
