import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useMe } from '../api/queries.ts'
import { type HereStore, usePeopleHere } from '../presence/use-here.ts'
import { Button } from '../ui/Button.tsx'
import { firstName } from '../ui/names.ts'
import { useOnWall } from './wall-context.ts'

/** A leader who is away for less than this only changed rooms. The server wants ten seconds; this is never before it. */
const PATIENCE = 11_000

/** The leader's line is down: says so calmly, and whoever may lead can take over. */
export function LeaderAway({ here: store, joined }: { here: HereStore; joined: boolean }) {
  const people = usePeopleHere(store)
  const { t } = useTranslation()
  const me = useMe()
  const { meeting, leads, commands } = useOnWall()
  const [away, setAway] = useState(false)
  const here = leads || !joined || people.some(({ person }) => person === meeting.leader.person)
  useEffect(() => {
    if (here) return setAway(false)
    const timer = setTimeout(() => setAway(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [here])
  if (!away) return null
  const takeOver = () =>
    void commands.run(() => call(endpoints.passLead, { params: { id: meeting.id }, body: { person: me.id } }))
  return (
    <div className="notice" role="status">
      <p>{t('meeting.lead.away', { name: firstName(meeting.leader.name) })}</p>
      {meeting.mayLead && (
        <Button size="sm" variant="secondary" onClick={takeOver}>
          {t('meeting.lead.takeOver')}
        </Button>
      )}
    </div>
  )
}
