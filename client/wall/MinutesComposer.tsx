import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import { can } from '../../shared/roles.ts'
import { call, errorKey, NoConnection } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useKeyboardInset } from '../case-log/keyboard-inset.ts'
import { tellTyping } from '../presence/carets.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { FieldError } from '../ui/Field.tsx'
import { addLine } from './log-changes.ts'
import { keepMeeting } from './queries.ts'
import { useHeldLine } from './use-held-line.ts'
import { useLogOnWall, useOnWall } from './wall-context.ts'

const AGAIN = 2000

/** One line, Enter, in the minutes. Whoever only reads the log has the server write it, however long that takes. */
export function MinutesComposer({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation()
  const { meeting, drafts } = useOnWall()
  const { detail, editor, minutes, writes } = useLogOnWall()
  const [text, setText] = useState(() => drafts.get(detail.id) ?? '')
  const [waiting, setWaiting] = useState(false)
  const [held, setHeld] = useState<string>()
  const [trouble, setTrouble] = useState<Error>()
  const again = useRef<ReturnType<typeof setTimeout>>(undefined)
  const place = useRef<HTMLFormElement>(null)
  useKeyboardInset(place)
  useEffect(() => () => clearTimeout(again.current), [])

  const keep = (line: string) => {
    setText(line)
    drafts.set(detail.id, line)
  }
  const shared = () => {
    keep('')
    setWaiting(false)
    setHeld(undefined)
    setTrouble(undefined)
    announce(t('blocks.shared'))
    field.current?.focus()
  }
  useHeldLine(held, shared)
  // The same id goes along with every attempt, so that the line never stands there twice.
  const send = async (id: ReturnType<typeof newBlockId>, line: string): Promise<void> => {
    setWaiting(true)
    try {
      const body = { id, case: detail.id, text: line }
      keepMeeting(await call(endpoints.minute, { params: { id: meeting.id }, body }))
      shared()
    } catch (error) {
      setTrouble(error instanceof Error ? error : new Error(String(error)))
      if (error instanceof NoConnection) again.current = setTimeout(() => void send(id, line), AGAIN)
      else setWaiting(false)
    }
  }
  const share = (event: FormEvent) => {
    event.preventDefault()
    const line = text.trim()
    if (line === '' || waiting) return
    if (!can(detail.role, 'log.write')) return void send(newBlockId(), line)
    if (editor && writes && addLine(editor, minutes, line)) shared()
    else {
      setWaiting(true)
      setHeld(line)
    }
  }
  const write = (line: string) => {
    keep(line)
    setTrouble(undefined)
    if (editor && !editor.isDestroyed && line !== '') tellTyping(editor.view)
  }
  return (
    <form ref={place} className="wall-composer" onSubmit={share}>
      <span role="alert">
        {trouble && (
          <FieldError>
            {t('blocks.notShared')} {t(errorKey(trouble))}
          </FieldError>
        )}
      </span>
      <input
        ref={field}
        className="ds-input"
        aria-label={t('meeting.minutes.write')}
        placeholder={t('meeting.minutes.write')}
        maxLength={2000}
        autoComplete="off"
        enterKeyHint="send"
        readOnly={waiting}
        value={text}
        onChange={({ target }) => write(target.value)}
      />
      <Button type="submit" disabled={waiting}>
        {t(waiting ? 'caseLog.compose.sharing' : 'blocks.share')}
      </Button>
    </form>
  )
}
