import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../shared/people.ts'
import { nb } from './nb/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: typeof nb }
  }
}

const REMEMBERED = 'stafett.language'
export const languages: readonly Language[] = ['nb', 'en']

const remembered = (): Language =>
  languages.find((language) => language === localStorage.getItem(REMEMBERED)) ?? 'nb'

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language
})

/** The words of a language. Bokmål travels with the client; English comes for who has chosen it. */
async function fetchWords(language: Language): Promise<void> {
  if (language === 'nb' || i18next.hasResourceBundle(language, 'words')) return
  const { en } = await import('./en/index.ts')
  i18next.addResourceBundle(language, 'words', en)
}

/** Ready when this resolves: the words of the chosen language are here, so no text ever flashes as a key. */
export const ready = i18next
  .use(initReactI18next)
  .init({
    resources: { nb: { words: nb } },
    lng: 'nb',
    fallbackLng: 'nb',
    defaultNS: 'words',
    interpolation: { escapeValue: false },
  })
  // Without a line to the server Bokmål is better than nothing.
  .then(() => speak(remembered()).catch(() => {}))

async function speak(language: Language): Promise<void> {
  await fetchWords(language)
  await i18next.changeLanguage(language)
}

/** Switches the language as soon as its words are here, and remembers it on this device. Rejects when they cannot be fetched. */
export async function switchLanguage(language: Language): Promise<void> {
  await speak(language)
  localStorage.setItem(REMEMBERED, language)
}

/** Translates outside React, such as in editor extensions. */
export const t = i18next.t.bind(i18next)
export type Translate = typeof t
