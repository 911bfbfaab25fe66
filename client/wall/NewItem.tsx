import { PlusIcon } from '@navikt/aksel-icons'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import { AgendaItemId, type CaseId } from '../../shared/ids.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { Button } from '../ui/Button.tsx'
import type { Commands } from './commands.ts'
import { useOnWall } from './wall-context.ts'

/** Puts something on the agenda of the meeting that is held. */
export function NewItem() {
  const { meeting, commands } = useOnWall()
  const item = meeting.agenda.find(({ id }) => id === meeting.live?.item)
  const caseId = item?.case ?? meeting.cases[0]?.id
  return caseId ? <NewItemFor meeting={meeting} commands={commands} caseId={caseId} /> : null
}

/** It opens on the press of its own button. */
const focusAtOnce = (field: HTMLInputElement | null): void => field?.focus()

type Given = { meeting: Meeting; commands: Commands; caseId: CaseId }

/** One line: type, Enter, on the agenda. */
export function NewItemFor({ meeting, commands, caseId }: Given) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [title, setTitle] = useState('')
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (title.trim() === '') return setOpen(false)
    const body = { id: AgendaItemId.parse(newBlockId()), title, minutes: 5 }
    const added = await commands.run(async () => {
      await call(endpoints.putOnAgenda, { params: { id: caseId }, body })
      return call(endpoints.meeting, { params: { id: meeting.id } })
    })
    if (added) setTitle('')
  }
  if (!open)
    return (
      <button type="button" className="wall-new-item" onClick={() => setOpen(true)}>
        <PlusIcon aria-hidden />
        {t('meeting.agenda.add')}
      </button>
    )
  return (
    <form className="wall-new-item-form" onSubmit={(event) => void add(event)}>
      <input
        className="ds-input"
        ref={focusAtOnce}
        aria-label={t('meeting.agenda.add')}
        placeholder={t('meeting.agenda.addPlaceholder')}
        maxLength={200}
        autoComplete="off"
        value={title}
        onChange={({ target }) => setTitle(target.value)}
        onBlur={() => title.trim() === '' && setOpen(false)}
      />
      <Button type="submit" variant="secondary" size="sm">
        {t('meeting.agenda.put')}
      </Button>
    </form>
  )
}
