import { PersonPlusIcon } from '@navikt/aksel-icons'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import type { BlockId } from '../../shared/ids.ts'
import type { Invited } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useServices } from '../api/queries.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Face } from '../ui/Face.tsx'
import { Field } from '../ui/Field.tsx'
import { useMedia } from '../ui/media.ts'
import { firstName } from '../ui/names.ts'
import { NARROW } from './narrow.ts'
import { useOnWall } from './wall-context.ts'

/** One tap: there, not there, not known. */
const next = (attended: boolean | null): boolean | null =>
  attended === null ? true : attended ? false : null
const wordOf = (attended: boolean | null) =>
  attended === null ? 'unknown' : attended ? 'there' : ('away' as const)

/** More people than this stand close together, each with the name below. */
const ROOM = 5

/** Who is there: filled from who is connected, corrected by tapping faces, guests by name. */
export function Attendance() {
  const { t } = useTranslation()
  const { meeting } = useOnWall()
  const narrow = useMedia(NARROW)
  const [open, setOpen] = useState(false)
  const people = meeting.people.filter(({ leftOut }) => leftOut === null)
  const there = people.filter(({ attended }) => attended).length + meeting.guests.length
  return (
    <div className="wall-people">
      {!narrow && (
        <ul className="plain wall-faces" data-many={people.length > ROOM || undefined}>
          {people.map((person) => (
            <li key={person.person}>
              <OneFace person={person} size={44} />
            </li>
          ))}
          {meeting.guests.length > 0 && (
            <li className="wall-guests">
              {t('meeting.attendance.guests', { count: meeting.guests.length })}
            </li>
          )}
        </ul>
      )}
      <Button
        variant="tertiary"
        size="sm"
        className="wall-count"
        icon={narrow ? undefined : <PersonPlusIcon aria-hidden />}
        aria-label={t('meeting.attendance.open', { count: there })}
        onClick={() => setOpen(true)}
      >
        {narrow && t('meeting.attendance.there', { count: there })}
      </Button>
      <Dialog title={t('meeting.attendance.title')} open={open} onClose={() => setOpen(false)}>
        <ul className="plain wall-people-list">
          {people.map((person) => (
            <li key={person.person}>
              <OneFace person={person} size={40} whole />
            </li>
          ))}
        </ul>
        <Guests />
      </Dialog>
    </div>
  )
}

function OneFace({ person, size, whole = false }: { person: Invited; size: number; whole?: boolean }) {
  const { t } = useTranslation()
  const services = useServices()
  const { meeting, commands, offerUndo } = useOnWall()
  const { name, attended } = person
  const service = services.find(({ id }) => id === person.service)?.shortName ?? ''
  const state = wordOf(attended)
  const set = (to: boolean | null) =>
    commands.run(() =>
      call(endpoints.attend, { params: { id: meeting.id }, body: { person: person.person, attended: to } }),
    )
  const tap = async () => {
    const to = next(attended)
    const word = t(`meeting.attendance.is.${wordOf(to)}`)
    if (await set(to))
      offerUndo(t('meeting.attendance.said', { name: firstName(name), word }), () => void set(attended))
  }
  const shown = (
    <>
      <Face name={name} service={person.service} size={size} />
      <span className="wall-face-words">
        <b>{whole ? name : firstName(name)}</b>
        <span>{attended === false ? t('meeting.attendance.is.away') : service}</span>
      </span>
    </>
  )
  if (!meeting.mayLead)
    return (
      <span className="wall-face" data-attended={state}>
        {shown}
        <span className="unseen">{t(`meeting.attendance.is.${state}`)}</span>
      </span>
    )
  return (
    <button
      type="button"
      className="wall-face"
      data-attended={state}
      aria-label={t('meeting.attendance.tap', { name, service, state: t(`meeting.attendance.is.${state}`) })}
      onClick={() => void tap()}
    >
      {shown}
    </button>
  )
}

function Guests() {
  const { t } = useTranslation()
  const { meeting, commands } = useOnWall()
  const [name, setName] = useState('')
  const [about, setAbout] = useState('')
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    const body = { id: newBlockId(), name, about }
    if (!(await commands.run(() => call(endpoints.addGuest, { params: { id: meeting.id }, body })))) return
    setName('')
    setAbout('')
  }
  const remove = (guest: BlockId) =>
    void commands.run(() => call(endpoints.removeGuest, { params: { id: meeting.id, guest } }))
  return (
    <section className="wall-guest-list">
      <h3>{t('meeting.attendance.guestsTitle')}</h3>
      <ul className="plain">
        {meeting.guests.map((guest) => (
          <li key={guest.id}>
            <span>
              <b>{guest.name}</b> {guest.about && <span className="quiet">{guest.about}</span>}
            </span>
            {meeting.mayLead && (
              <button type="button" className="link-button" onClick={() => remove(guest.id)}>
                {t('meeting.attendance.removeGuest', { name: guest.name })}
              </button>
            )}
          </li>
        ))}
      </ul>
      {meeting.mayLead && (
        <form className="wall-guest-form" onSubmit={(event) => void add(event)}>
          <Field
            label={t('meeting.attendance.guestName')}
            value={name}
            maxLength={80}
            autoComplete="off"
            onChange={({ target }) => setName(target.value)}
          />
          <Field
            label={t('meeting.attendance.guestAbout')}
            value={about}
            maxLength={80}
            autoComplete="off"
            onChange={({ target }) => setAbout(target.value)}
          />
          <Button type="submit" variant="secondary">
            {t('meeting.attendance.addGuest')}
          </Button>
        </form>
      )}
    </section>
  )
}
