import './sign-in.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonId } from '../../shared/ids.ts'
import type { Service } from '../../shared/services.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, useMunicipality } from '../api/queries.ts'
import { signIn } from '../api/session.ts'
import { Baton } from '../ui/Baton.tsx'
import { Button } from '../ui/Button.tsx'
import { FieldError } from '../ui/Field.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Preferences } from './Preferences.tsx'
import { type DemoPerson, ServicePeople } from './ServicePeople.tsx'

/** The demo's way in: everybody in the municipality by service, one click each. */
export function SignInPage() {
  const { t } = useTranslation()
  const municipality = useMunicipality()
  const people = useQuery({
    queryKey: keys.demoPeople,
    queryFn: ({ signal }) => call(endpoints.demoPeople, { signal }),
  })
  const [busy, setBusy] = useState<PersonId>()
  const [failed, setFailed] = useState<unknown>()

  const enter = async (person: PersonId) => {
    setBusy(person)
    setFailed(undefined)
    await signIn(person).catch(setFailed)
    setBusy(undefined)
  }

  return (
    <>
      <title>{`${t('people.title')} · Stafett`}</title>
      <header className="app-bar">
        <span className="brand">
          <Baton size={24} />
          Stafett
        </span>
        <span className="municipality">{municipality?.name}</span>
        <Preferences />
      </header>
      <main id="content" className="page sign-in">
        <h1>{t('people.title')}</h1>
        <p className="lead">{t('people.lead')}</p>
        {failed !== undefined && <FieldError>{t(errorKey(failed))}</FieldError>}
        {people.isError ? (
          <div className="sheet sign-in-failed" role="alert">
            <h2>{t('people.failedTitle')}</h2>
            <p>{t('people.failedText')}</p>
            <Button onClick={() => void people.refetch()}>{t('shell.retry')}</Button>
          </div>
        ) : !people.data || !municipality ? (
          <Waiting />
        ) : people.data.length === 0 ? (
          <p>{t('people.noOne')}</p>
        ) : (
          <div className="services">
            {byService(municipality.services, people.data).map(({ service, members }) => (
              <ServicePeople
                key={service.id}
                service={service}
                people={members}
                busy={busy}
                onChoose={(id) => void enter(id)}
              />
            ))}
          </div>
        )}
      </main>
    </>
  )
}

function byService(services: readonly Service[], people: readonly DemoPerson[]) {
  return services
    .map((service) => ({ service, members: people.filter((person) => person.service === service.id) }))
    .filter(({ members }) => members.length > 0)
}

const Waiting = () => (
  <div className="services" aria-busy="true">
    {[3, 2, 2, 1, 2, 1].map((rows, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the stand-ins never move
      <div className="sheet service-people" key={at}>
        <Skeleton width="9rem" height="1.6rem" />
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the stand-ins never move
          <Skeleton key={row} width="100%" height="3rem" />
        ))}
      </div>
    ))}
  </div>
)
