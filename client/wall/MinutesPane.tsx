import type { Editor } from '@tiptap/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/roles.ts'
import { sayNames } from '../case-log/line-signs.ts'
import { SaveStatus } from '../collab/SaveStatus.tsx'
import { useSaveStatus } from '../collab/save-status.ts'
import { type HereStore, usePeopleHere } from '../presence/use-here.ts'
import { Face } from '../ui/Face.tsx'
import { firstName } from '../ui/names.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { writeMinutes } from './log-changes.ts'
import { MinutesComposer } from './MinutesComposer.tsx'
import { MinutesEditor } from './MinutesEditor.tsx'
import { useKeys } from './use-keys.ts'
import { useLogOnWall } from './wall-context.ts'

type Given = {
  /** Whom the log is about. */
  name: string
  here: HereStore
  loaded: boolean
  hidden: readonly string[]
  onReady: (editor: Editor | undefined) => void
}

/** The minutes, written by everybody at once, in the log itself. */
export function MinutesPane({ name, here, loaded, hidden, onReady }: Given) {
  const { t } = useTranslation()
  const { log, detail, editor, writes, minutes } = useLogOnWall()
  const composer = useRef<HTMLInputElement>(null)
  useKeys((act) => {
    if (act.kind !== 'minutes') return false
    if (!writes || !editor || !writeMinutes(editor, minutes)) composer.current?.focus()
    return true
  })
  return (
    <section className="wall-minutes" aria-labelledby="wall-minutes">
      <header>
        <h2 id="wall-minutes">{t('meeting.minutes.title')}</h2>
        <Saved />
      </header>
      <div className="wall-minutes-text">
        {loaded ? (
          <MinutesEditor
            log={log}
            name={name}
            members={detail.members}
            here={here}
            minutes={minutes}
            write={writes}
            hidden={hidden}
            onReady={onReady}
          />
        ) : (
          <Skeleton width="90%" height="6rem" />
        )}
        <Writing here={here} />
      </div>
      {can(detail.role, 'log.addLine') && <MinutesComposer field={composer} />}
    </section>
  )
}

/** Where it goes, and whether it is there. */
function Saved() {
  const { t } = useTranslation()
  const { kind } = useSaveStatus()
  return (
    <div className="wall-saved">
      {kind === 'saved' || kind === 'readOnly' ? t('meeting.minutes.inLog') : <SaveStatus />}
    </div>
  )
}

function Writing({ here }: { here: HereStore }) {
  const { t } = useTranslation()
  const people = usePeopleHere(here).filter(({ typing }) => typing)
  const [first] = people
  if (!first) return <p className="wall-writing" />
  const names = sayNames(
    people.map(({ name }) => firstName(name)),
    t,
  )
  return (
    <p className="wall-writing">
      <Face name={first.name} service={first.service} size={24} />
      {t('caseLog.byline.writing', { count: people.length, names })}
    </p>
  )
}
