import { BookmarkFillIcon, MenuElipsisVerticalIcon, PencilIcon, TrashIcon } from '@navikt/aksel-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseId } from '../../shared/ids.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useMe } from '../api/queries.ts'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import { firstName } from '../ui/names.ts'
import { NameDialog } from './NameDialog.tsx'
import { refreshSessions, type Version } from './queries.ts'

type Given = { caseId: CaseId; version: Version; current: boolean; canName: boolean; onSelect: () => void }

/** A name that somebody gave a moment, at its place among the sessions. */
export function VersionRow({ caseId, version, current, canName, onSelect }: Given) {
  const { t } = useTranslation()
  const me = useMe()
  const [renaming, setRenaming] = useState(false)
  const remove = async () => {
    await call(endpoints.removeVersion, { params: { id: caseId, version: version.id } }).catch(
      () => undefined,
    )
    await refreshSessions(caseId)
  }
  return (
    <li className="version">
      <button
        type="button"
        className="version-button"
        aria-current={current ? 'true' : undefined}
        onClick={onSelect}
      >
        <BookmarkFillIcon aria-hidden />
        <span>
          <b>{version.name}</b>
          <span className="quiet">{t('history.version.by', { name: firstName(version.personName) })}</span>
        </span>
      </button>
      {canName && version.person === me.id && (
        <Menu
          label={t('history.version.menu', { name: version.name })}
          className="version-menu"
          button={<MenuElipsisVerticalIcon aria-hidden />}
        >
          <MenuItem icon={<PencilIcon aria-hidden />} onSelect={() => setRenaming(true)}>
            {t('history.version.rename')}
          </MenuItem>
          <MenuItem icon={<TrashIcon aria-hidden />} onSelect={() => void remove()}>
            {t('history.version.remove')}
          </MenuItem>
        </Menu>
      )}
      <NameDialog caseId={caseId} version={version} open={renaming} onClose={() => setRenaming(false)} />
    </li>
  )
}
