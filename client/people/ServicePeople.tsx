import { type KeyboardEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonId } from '../../shared/ids.ts'
import type { peopleRoutes } from '../../shared/people.ts'
import type { ResponseOf } from '../../shared/route.ts'
import type { Service } from '../../shared/services.ts'
import { Face } from '../ui/Face.tsx'
import { Tile } from '../ui/Tile.tsx'

export type DemoPerson = ResponseOf<typeof peopleRoutes.demoPeople>[number]

/** One service and its people on the sign-in page. */
export function ServicePeople(props: {
  service: Service
  people: readonly DemoPerson[]
  busy: PersonId | undefined
  onChoose: (person: PersonId) => void
}) {
  const { t } = useTranslation()
  const heading = useId()
  return (
    <section className="sheet service-people" aria-labelledby={heading}>
      <h2>
        <Tile service={props.service.id} size={28} />
        <span id={heading}>{props.service.name}</span>
      </h2>
      <ul className="plain">
        {props.people.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              className="person"
              aria-label={t('people.signInAs', { name: person.name, title: person.title })}
              aria-busy={props.busy === person.id}
              disabled={props.busy !== undefined && props.busy !== person.id}
              onClick={() => props.onChoose(person.id)}
              onKeyDown={walk}
            >
              <Face name={person.name} service={person.service} size={36} />
              <span className="person-words">
                <strong>{person.name}</strong>
                <span>{person.title}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Arrows walk through everybody, besides Tab. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
  const all = [...document.querySelectorAll<HTMLElement>('.person')]
  const next = step && all[all.indexOf(event.currentTarget) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
