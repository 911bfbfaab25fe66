import './presence.css'
import { useTranslation } from 'react-i18next'
import { sayNames } from '../case-log/line-signs.ts'
import { Face } from '../ui/Face.tsx'
import { firstName } from '../ui/names.ts'
import type { Follow } from './follow.ts'
import type { PersonHere } from './here.ts'

const SHOWN = 5

/** Faces of those who are here. A click follows one of them through the log. */
export function HereFaces({ here: people, follow }: { here: readonly PersonHere[]; follow: Follow }) {
  const { t } = useTranslation()
  if (people.length === 0) return <p className="here-words here-alone">{t('caseLog.here.alone')}</p>
  const names = people.map(({ name }) => firstName(name))
  const words = t(people.length === 1 ? 'caseLog.here.one' : 'caseLog.here.other', {
    names: sayNames(names, t),
  })
  return (
    <div className="here" data-follow>
      <ul className="plain here-faces" aria-label={t('caseLog.here.label')}>
        {people.slice(0, SHOWN).map((person) => (
          <HereFace key={person.person} person={person} follow={follow} />
        ))}
        {people.length > SHOWN && <li className="here-more">+{people.length - SHOWN}</li>}
      </ul>
      <p className="here-words">{words}</p>
    </div>
  )
}

function HereFace({ person, follow }: { person: PersonHere; follow: Follow }) {
  const { t } = useTranslation()
  const followed = follow.person?.person === person.person
  const does = t(person.typing ? 'caseLog.here.writing' : 'caseLog.here.reading')
  return (
    <li>
      <button
        type="button"
        className="here-face"
        aria-pressed={followed}
        aria-label={`${t('caseLog.here.follow', { name: person.name })} (${does})`}
        data-typing={person.typing || undefined}
        onClick={() => (followed ? follow.stop() : follow.start(person.person))}
      >
        <Face name={person.name} service={person.service} size={32} />
        <span className="here-name" aria-hidden="true">
          {person.name} {does}
        </span>
      </button>
    </li>
  )
}
