import './shell.css'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, ScrollRestoration, useLocation, useMatch } from 'react-router'
import { errorKey } from '../api/call.ts'
import { listenToServer } from '../api/events.ts'
import { MeContext, MunicipalityContext, useKeptMunicipality, useSession } from '../api/queries.ts'
import { SignInPage } from '../people/SignInPage.tsx'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { AppBar } from './AppBar.tsx'
import { ConnectionNote } from './ConnectionNote.tsx'
import { TroubleNote } from './TroubleNote.tsx'

const thisLoad = `load-${performance.timeOrigin}`

/** The first view of every load has the same key; each begins at its top, and not where another page was left. */
const placeInHistory = ({ key }: { key: string }) => (key === 'default' ? thisLoad : key)

/** The frame around every view: the sign-in page until somebody is in, then the app bar and the view. */
export function Shell() {
  const { t } = useTranslation()
  const session = useSession()
  const municipality = useKeptMunicipality()
  const person = session.data?.person
  const main = useRef<HTMLElement>(null)
  /** A meeting has the whole window, and says itself what is saved and whether there is a network. */
  const onWall = useMatch('/mote/:id') !== null
  useArrival(main)
  useEntrance(main, session.isSuccess, person?.id)

  useEffect(() => (person ? listenToServer() : undefined), [person])

  if (session.isPending) return <BlankFrame />
  if (!session.data) return <Away error={session.error} retry={session.refetch} />
  if (!person)
    return (
      <MunicipalityContext value={municipality}>
        <SignInPage />
      </MunicipalityContext>
    )
  return (
    <MunicipalityContext value={municipality}>
      <MeContext value={person}>
        <a className="skip" href="#content">
          {t('shell.skip')}
        </a>
        {!onWall && (
          <>
            <AppBar me={person} />
            <ConnectionNote />
          </>
        )}
        <main id="content" ref={main} tabIndex={-1}>
          <Outlet />
        </main>
        <TroubleNote />
        <ScrollRestoration getKey={placeInHistory} />
      </MeContext>
    </MunicipalityContext>
  )
}

/** The server has not answered at all yet; it is asked again by itself. */
function Away({ error, retry }: { error: unknown; retry: () => Promise<unknown> }) {
  const { t } = useTranslation()
  return (
    <main id="content" className="page message">
      <title>{`${t('shell.awayTitle')} · Stafett`}</title>
      <h1>{t('shell.awayTitle')}</h1>
      <p role="alert">
        {t(errorKey(error))} {t('shell.awayText')}
      </p>
      <Button onClick={() => void retry()}>{t('shell.retry')}</Button>
    </main>
  )
}

const BlankFrame = () => <div className="app-bar" aria-busy="true" />

/** After a move to another view, keyboard and screen reader start at that view, and hear its title. */
function useArrival(main: React.RefObject<HTMLElement | null>) {
  const { pathname } = useLocation()
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true })
    const heard = requestAnimationFrame(() => announce(document.title))
    return () => cancelAnimationFrame(heard)
  }, [pathname, main])
}

/** Whoever signs in is on a new page: keyboard and screen reader start at its content. */
function useEntrance(main: React.RefObject<HTMLElement | null>, known: boolean, person: string | undefined) {
  const wasOut = useRef(false)
  useEffect(() => {
    if (person && wasOut.current) main.current?.focus({ preventScroll: true })
    wasOut.current = known && !person
  }, [known, person, main])
}
