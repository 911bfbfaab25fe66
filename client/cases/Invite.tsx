import './invite.css'
import { MagnifyingGlassIcon } from '@navikt/aksel-icons'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonId } from '../../shared/ids.ts'
import type { Person } from '../../shared/people.ts'
import type { Service } from '../../shared/services.ts'
import { useColleagues, useMe, useServices } from '../api/queries.ts'
import { Face } from '../ui/Face.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Tile } from '../ui/Tile.tsx'

type InviteProps = {
  chosen: ReadonlySet<PersonId>
  onChange: (chosen: ReadonlySet<PersonId>) => void
  /** Who is with you already. */
  without?: ReadonlySet<PersonId>
  hint: string
}

/** Whom to have with you: everybody by service, the family first. */
export function Invite({ chosen, onChange, without, hint }: InviteProps) {
  const { t } = useTranslation()
  const me = useMe()
  const colleagues = useColleagues()
  const services = useServices()
  const [query, setQuery] = useState('')
  const hintId = useId()
  const others = (colleagues.data ?? []).filter(({ id }) => id !== me.id && !without?.has(id))
  const groups = grouped(services, others, query)

  const toggle = (person: PersonId) => {
    const next = new Set(chosen)
    if (!next.delete(person)) next.add(person)
    onChange(next)
  }

  return (
    <fieldset className="field invite" aria-describedby={hintId}>
      <legend>{t('cases.invite')}</legend>
      <span className="field-hint" id={hintId}>
        {hint}
      </span>
      {colleagues.isError ? (
        <p className="notice">{t('cases.inviteFailed')}</p>
      ) : (
        <>
          <div className="invite-find">
            <MagnifyingGlassIcon aria-hidden />
            <input
              className="ds-input"
              type="search"
              aria-label={t('cases.inviteFind')}
              placeholder={t('cases.inviteFind')}
              autoComplete="off"
              value={query}
              onChange={({ target }) => setQuery(target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                // Enter picks the only one left; it never sends the whole page.
                event.preventDefault()
                const [only, ...more] = groups.flatMap(({ people }) => people)
                if (!only || more.length > 0) return
                toggle(only.id)
                setQuery('')
              }}
            />
            <span className="field-hint" role="status">
              {t('cases.invited', { count: chosen.size })}
            </span>
          </div>
          <div className="invite-list">
            {colleagues.isPending &&
              [0, 1, 2, 3].map((row) => <Skeleton key={row} width="100%" height="2.5rem" />)}
            {colleagues.isSuccess && groups.length === 0 && (
              <p className="quiet">{t('cases.inviteNone', { query })}</p>
            )}
            {groups.map(({ service, people }) => (
              <Group key={service.id} service={service} people={people} chosen={chosen} toggle={toggle} />
            ))}
          </div>
        </>
      )}
    </fieldset>
  )
}

function Group(props: {
  service: Service
  people: readonly Person[]
  chosen: ReadonlySet<PersonId>
  toggle: (person: PersonId) => void
}) {
  const heading = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset inside a fieldset is read out twice
    <div role="group" aria-labelledby={heading} className="invite-group">
      <div className="invite-service" id={heading}>
        <Tile service={props.service.id} size={20} />
        {props.service.name}
      </div>
      {props.people.map((person) => (
        <label key={person.id} className="invite-person">
          <input
            type="checkbox"
            checked={props.chosen.has(person.id)}
            onChange={() => props.toggle(person.id)}
          />
          <Face name={person.name} service={person.service} size={28} />
          <span>
            {person.name} <span className="quiet">{person.title}</span>
          </span>
        </label>
      ))}
    </div>
  )
}

function grouped(services: readonly Service[], people: readonly Person[], query: string) {
  const wanted = query.trim().toLocaleLowerCase('nb')
  const fits = (service: Service, person: Person) =>
    `${person.name} ${person.title} ${service.name} ${service.shortName}`
      .toLocaleLowerCase('nb')
      .includes(wanted)
  return [...services]
    .sort((a, b) => Number(b.kind === 'family') - Number(a.kind === 'family'))
    .map((service) => ({
      service,
      people: people.filter((one) => one.service === service.id && fits(service, one)),
    }))
    .filter((group) => group.people.length > 0)
}
