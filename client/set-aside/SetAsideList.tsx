import './set-aside.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseDetail } from '../../shared/cases.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Decision, SetAsideItem } from '../../shared/set-aside.ts'
import { call, errorKey } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { keys, queryClient, useSetAside } from '../api/queries.ts'
import { signedAt } from '../blocks/when.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { firstName } from '../ui/names.ts'
import { Tile } from '../ui/Tile.tsx'

/** Everything that waits, each with its text, its writer and the two ways out. */
export function SetAsideList({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation()
  const items = useSetAside(detail.id, true)
  const [failed, setFailed] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  const decide = async (item: SetAsideItem, decision: Decision) => {
    setBusy(true)
    setFailed(undefined)
    try {
      await call(endpoints.decideSetAside, { params: { id: detail.id, item: item.id }, body: { decision } })
      announce(t(decision === 'takeIn' ? 'setAside.tookIn' : 'setAside.dropped'))
    } catch (error) {
      setFailed(error)
    }
    setBusy(false)
    void queryClient.invalidateQueries({ queryKey: keys.caseDetail(detail.id) })
  }

  if (items.error)
    return (
      <p role="alert">
        {t('setAside.failed')} {t(errorKey(items.error))}
      </p>
    )
  if (!items.data) return <p role="status">{t('caseLog.loading')}</p>
  return (
    <>
      {failed !== undefined && (
        <p className="notice" data-tone="error" role="alert">
          {t('setAside.failed')} {t(errorKey(failed))}
        </p>
      )}
      {items.data.length === 0 && <p>{t('setAside.empty')}</p>}
      <ul className="set-aside">
        {items.data.map((item) => (
          <Item key={item.id} item={item} detail={detail} busy={busy} onDecide={decide} />
        ))}
      </ul>
    </>
  )
}

type ItemProps = {
  item: SetAsideItem
  detail: CaseDetail
  busy: boolean
  onDecide: (item: SetAsideItem, decision: Decision) => Promise<void>
}

function Item({ item, detail, busy, onDecide }: ItemProps) {
  const { t, i18n } = useTranslation()
  const nameOf = (id: PersonId) => detail.members.find(({ person }) => person === id)?.name ?? id
  const name = item.person === null ? undefined : nameOf(item.person)
  const act = (decision: Decision) => () => {
    if (!busy) void onDecide(item, decision)
  }
  return (
    <li>
      <p className="set-aside-writer">
        {item.service !== null && <Tile service={item.service} size={24} named />}
        <strong>{name === undefined ? t('setAside.byNobody') : t('setAside.by', { name })}</strong>
      </p>
      <blockquote>{item.text}</blockquote>
      <p className="quiet">
        {t('setAside.brought', {
          name: nameOf(item.sentBy),
          when: signedAt(item.at, i18n.language, t),
        })}
      </p>
      <div className="notice-actions">
        <Button size="sm" aria-disabled={busy} onClick={act('takeIn')}>
          {name === undefined ? t('setAside.takeInUnsure') : t('setAside.takeIn', { name: firstName(name) })}
        </Button>
        <Button size="sm" variant="secondary" aria-disabled={busy} onClick={act('drop')}>
          {t('setAside.drop')}
        </Button>
      </div>
    </li>
  )
}
