import { PersonPlusIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rolesOpenTo } from '../../shared/capabilities.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import type { PersonId } from '../../shared/ids.ts'
import { errorKey } from '../api/call.ts'
import { useColleagues } from '../api/queries.ts'
import { Invite } from '../cases/Invite.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useMemberChanges } from './member-changes.ts'

/** The coordinator has more people with them: each as what they are, to be changed afterwards. */
export function InvitePeople({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<PersonId>>(new Set())
  const people = useColleagues(open)
  const { setRole, failed, busy } = useMemberChanges(detail.id)

  const close = () => {
    setOpen(false)
    setChosen(new Set())
  }
  const invite = async () => {
    const invited = (people.data ?? []).filter(({ id }) => chosen.has(id))
    for (const { id, role } of invited) {
      const [part] = rolesOpenTo[role]
      if (part && !(await setRole(id, part, t('members.invited')))) return
      setChosen((before) => new Set([...before].filter((one) => one !== id)))
    }
    close()
  }

  return (
    <>
      <Button variant="secondary" icon={<PersonPlusIcon aria-hidden />} onClick={() => setOpen(true)}>
        {t('members.invite')}
      </Button>
      <Dialog title={t('members.title')} open={open} onClose={close}>
        <Invite
          chosen={chosen}
          onChange={setChosen}
          hint={t('members.hint')}
          without={new Set(detail.members.map(({ person }) => person))}
        />
        {failed !== undefined && (
          <p className="notice" data-tone="error" role="alert">
            {t('members.failed')} {t(errorKey(failed))}
          </p>
        )}
        <div className="notice-actions">
          <Button aria-disabled={busy || chosen.size === 0} onClick={() => chosen.size > 0 && void invite()}>
            {t('members.invite')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
