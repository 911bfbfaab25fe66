import { MagnifyingGlassIcon } from '@navikt/aksel-icons'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, useLocation } from 'react-router'
import type { Person } from '../../shared/people.ts'
import { useMunicipality } from '../api/queries.ts'
import { Search } from '../cases/Search.tsx'
import { SaveStatus } from '../collab/SaveStatus.tsx'
import { Baton } from '../ui/Baton.tsx'
import { Button } from '../ui/Button.tsx'
import { PersonMenu } from './PersonMenu.tsx'

/** The bar on top of every view. On a phone the search waits behind its icon. */
export function AppBar({ me }: { me: Person }) {
  const { t } = useTranslation()
  const municipality = useMunicipality()
  const [searching, setSearching] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const { pathname } = useLocation()

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        !(event.ctrlKey || event.metaKey) ||
        event.shiftKey ||
        event.altKey ||
        event.key.toLowerCase() !== 'k'
      )
        return
      event.preventDefault()
      flushSync(() => setSearching(true))
      field.current?.select()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a move to another view closes the search
  useEffect(() => setSearching(false), [pathname])

  const openSearch = () => {
    // At once, since phones show their keyboard only for a focus that the tap itself gave.
    flushSync(() => setSearching(true))
    field.current?.focus()
  }

  return (
    <header className="app-bar" data-searching={searching || undefined}>
      <Link className="brand" to="/" aria-label={t('shell.home')}>
        <Baton size={24} />
        <span>Stafett</span>
      </Link>
      <span className="municipality">{municipality?.name}</span>
      <nav className="main-menu" aria-label={t('shell.mainMenu')}>
        <NavLink to="/" end>
          {t('shell.overview')}
        </NavLink>
        <NavLink to="/moter">{t('shell.meetings')}</NavLink>
      </nav>
      <Search field={field} onClose={() => setSearching(false)} />
      <Button
        variant="tertiary"
        className="search-opener"
        aria-label={t('search.open')}
        icon={<MagnifyingGlassIcon aria-hidden />}
        onClick={openSearch}
      />
      <div className="save-place">
        <SaveStatus />
      </div>
      <PersonMenu me={me} />
    </header>
  )
}
