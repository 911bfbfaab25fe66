import { GavelIcon } from '@navikt/aksel-icons'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgendaItem } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useMe } from '../api/queries.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { FieldError } from '../ui/Field.tsx'
import { addDecision } from './log-changes.ts'
import { useKeys } from './use-keys.ts'
import { useLogOnWall, useOnWall } from './wall-context.ts'

/** What came of the item in a few words, and what was decided, written into the minutes. */
export function ItemFoot({ item }: { item: AgendaItem }) {
  const { meeting } = useOnWall()
  const { writes } = useLogOnWall()
  return (
    <div className="wall-foot">
      {meeting.mayChange ? (
        <Outcome key={item.id} item={item} />
      ) : (
        item.outcome !== '' && <Said outcome={item.outcome} />
      )}
      {writes && <Decide />}
    </div>
  )
}

function Said({ outcome }: { outcome: string }) {
  const { t } = useTranslation()
  const { say } = useOnWall()
  return (
    <p className="wall-outcome-said">
      <b>{t('meeting.outcome.label')}</b> {say(outcome)}
    </p>
  )
}

function Outcome({ item }: { item: AgendaItem }) {
  const { t } = useTranslation()
  const { meeting, commands } = useOnWall()
  const [text, setText] = useState(item.outcome)
  const field = useRef<HTMLInputElement>(null)
  const saved = useRef(item.outcome)

  // What somebody else wrote comes in, unless it is being written here.
  useEffect(() => {
    if (field.current === document.activeElement && text !== saved.current) return
    saved.current = item.outcome
    setText(item.outcome)
  }, [item.outcome, text])

  const save = async () => {
    if (text.trim() === saved.current) return
    const before = saved.current
    saved.current = text.trim()
    const body = { outcome: text }
    const kept = await commands.run(() =>
      call(endpoints.changeAgendaItem, { params: { id: meeting.id, item: item.id }, body }),
    )
    if (!kept) saved.current = before
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void save()
  }
  return (
    <div className="wall-outcome">
      <input
        ref={field}
        className="ds-input"
        aria-label={t('meeting.outcome.label')}
        placeholder={t('meeting.outcome.placeholder')}
        maxLength={1000}
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => void save()}
        onKeyDown={onKey}
      />
    </div>
  )
}

function Decide() {
  const { t } = useTranslation()
  const me = useMe()
  const { editor, minutes } = useLogOnWall()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [failed, setFailed] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useKeys((act) => {
    if (act.kind !== 'decision') return false
    setOpen(true)
    field.current?.focus()
    return true
  })
  useEffect(() => {
    if (open) field.current?.focus()
  }, [open])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const decide = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return close()
    if (!editor || !addDecision(editor, minutes, me.id, text.trim())) return setFailed(true)
    announce(t('meeting.decision.written'))
    setText('')
    setFailed(false)
    close()
  }
  if (!open)
    return (
      <Button
        ref={button}
        variant="secondary"
        icon={<GavelIcon aria-hidden />}
        className="wall-decide"
        onClick={() => setOpen(true)}
      >
        {t('meeting.decision.button')}
      </Button>
    )
  return (
    <form className="wall-decision" onSubmit={decide}>
      <input
        ref={field}
        className="ds-input"
        aria-label={t('meeting.decision.label')}
        placeholder={t('meeting.decision.label')}
        maxLength={2000}
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => text.trim() === '' && setOpen(false)}
      />
      <Button type="submit">{t('meeting.decision.write')}</Button>
      <span role="alert">{failed && <FieldError>{t('meeting.minutes.notYet')}</FieldError>}</span>
    </form>
  )
}
