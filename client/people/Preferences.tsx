import { GlobeIcon } from '@navikt/aksel-icons'
import { useTranslation } from 'react-i18next'
import { LanguageChoices, ThemeChoices } from '../shell/preferences.tsx'
import { Menu, MenuLine } from '../ui/Menu.tsx'

/** Language and appearance before anybody is signed in. */
export function Preferences() {
  const { t, i18n } = useTranslation()
  return (
    <div className="preferences">
      <Menu
        label={`${t('shell.language')}, ${t('shell.theme')}`}
        button={
          <>
            <GlobeIcon aria-hidden />
            {i18n.language === 'nb' ? 'Norsk' : 'English'}
          </>
        }
      >
        <LanguageChoices />
        <MenuLine />
        <ThemeChoices />
      </Menu>
    </div>
  )
}
