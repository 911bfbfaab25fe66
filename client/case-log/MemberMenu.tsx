import { MenuElipsisHorizontalIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member } from '../../shared/cases.ts'
import type { CaseId } from '../../shared/ids.ts'
import { errorKey } from '../api/call.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuLine } from '../ui/Menu.tsx'
import { firstName } from '../ui/names.ts'
import { useMemberChanges } from './member-changes.ts'

/** What the coordinator can change about one person's part in the log. */
export function MemberMenu({ caseId, member }: { caseId: CaseId; member: Member }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const { setRole, remove, failed, busy } = useMemberChanges(caseId)
  const name = firstName(member.name)
  return (
    <>
      <Menu
        label={t('members.more', { name: member.name })}
        className="ds-button member-menu"
        button={<MenuElipsisHorizontalIcon aria-hidden />}
      >
        <MenuGroup label={t('members.part', { name })}>
          {member.parts.map((part) => (
            <MenuChoice
              key={part}
              checked={part === member.role}
              onSelect={() =>
                part !== member.role && void setRole(member.person, part, t('members.changed', { name }))
              }
            >
              {t(`members.role.${part}`)}
            </MenuChoice>
          ))}
        </MenuGroup>
        <MenuLine />
        <MenuItem onSelect={() => setAsking(true)}>{t('members.remove')}</MenuItem>
      </Menu>
      {failed !== undefined && (
        <p className="member-failed" role="alert">
          {t('members.failed')} {t(errorKey(failed))}
        </p>
      )}
      <Dialog
        title={t('members.removeTitle', { name: member.name })}
        open={asking}
        onClose={() => setAsking(false)}
      >
        <p>{t('members.removeText', { name })}</p>
        <div className="notice-actions">
          <Button
            aria-disabled={busy}
            onClick={async () => {
              if (await remove(member.person, t('members.removed', { name }))) setAsking(false)
            }}
          >
            {t('members.remove')}
          </Button>
          <Button variant="secondary" onClick={() => setAsking(false)}>
            {t('members.keep')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
