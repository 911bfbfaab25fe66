import { useTranslation } from 'react-i18next'
import { languages, switchLanguage } from '../i18n/i18n.ts'
import { MenuChoice, MenuGroup } from '../ui/Menu.tsx'
import { setTheme, themes, useTheme } from '../ui/theme.ts'
import { tellTrouble } from '../ui/trouble.ts'

/** Each language in its own words, so that nobody is lost in the other. */
const languageNames = { nb: 'Norsk bokmål', en: 'English' }
const themeNames = {
  system: 'shell.themeSystem',
  light: 'shell.themeLight',
  dark: 'shell.themeDark',
} as const

export function LanguageChoices() {
  const { t, i18n } = useTranslation()
  return (
    <MenuGroup label={t('shell.language')}>
      {languages.map((language) => (
        <MenuChoice
          key={language}
          lang={language}
          checked={i18n.language === language}
          onSelect={() => {
            switchLanguage(language).catch(() => tellTrouble(t('error.noConnection')))
          }}
        >
          {languageNames[language]}
        </MenuChoice>
      ))}
    </MenuGroup>
  )
}

export function ThemeChoices() {
  const { t } = useTranslation()
  const current = useTheme()
  return (
    <MenuGroup label={t('shell.theme')}>
      {themes.map((theme) => (
        <MenuChoice key={theme} checked={theme === current} onSelect={() => setTheme(theme)}>
          {t(themeNames[theme])}
        </MenuChoice>
      ))}
    </MenuGroup>
  )
}
