import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import type { Seq } from '../../shared/history.ts'
import type { CaseId } from '../../shared/ids.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { refreshSessions, type Version } from './queries.ts'

type Given = { caseId: CaseId; open: boolean; onClose: () => void } & ({ seq: Seq } | { version: Version })

/** Gives a moment a name, or changes one that was given. */
export function NameDialog(given: Given) {
  const { t } = useTranslation()
  const title = 'version' in given ? t('history.version.rename') : t('history.version.title')
  return (
    <Dialog title={title} open={given.open} onClose={given.onClose}>
      <NameForm {...given} />
    </Dialog>
  )
}

function NameForm({ caseId, onClose, ...given }: Given) {
  const { t } = useTranslation()
  const known = 'version' in given ? given.version : undefined
  const [id] = useState(newBlockId)
  const [name, setName] = useState(known?.name ?? '')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setError(t('history.version.missing'))
    setBusy(true)
    try {
      if (known) {
        const params = { id: caseId, version: known.id }
        await call(endpoints.renameVersion, { params, body: { name } })
      } else if ('seq' in given) {
        await call(endpoints.nameVersion, { params: { id: caseId }, body: { id, seq: given.seq, name } })
      }
      await refreshSessions(caseId)
      onClose()
    } catch (failure) {
      setError(t(errorKey(failure)))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="name-form" onSubmit={(event) => void save(event)} noValidate>
      <Field
        label={t('history.version.label')}
        hint={t('history.version.hint')}
        error={error}
        value={name}
        maxLength={80}
        autoFocus
        onChange={({ target }) => {
          setName(target.value)
          setError(undefined)
        }}
      />
      <Button type="submit" disabled={busy}>
        {t('history.version.save')}
      </Button>
    </form>
  )
}
