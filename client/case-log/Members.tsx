import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/capabilities.ts'
import type { CaseDetail, Member } from '../../shared/cases.ts'
import type { CaseId } from '../../shared/ids.ts'
import { useMe } from '../api/queries.ts'
import type { PersonHere } from '../presence/here.ts'
import { Baton } from '../ui/Baton.tsx'
import { Tile } from '../ui/Tile.tsx'
import { InvitePeople } from './InvitePeople.tsx'
import { MemberMenu } from './MemberMenu.tsx'
import { type Silent, useSilent } from './silent-services.tsx'
import { lastWrote } from './when.ts'

type Given = { detail: CaseDetail; here: readonly PersonHere[] }

/** The column beside the paper: who takes part, and when they last wrote. */
export const Members = memo(function Members(given: Given) {
  const { t } = useTranslation()
  return (
    <aside className="members">
      <h2>{t('caseLog.members.title')}</h2>
      <MemberList {...given} />
    </aside>
  )
})

export function MemberList({ detail, here }: Given) {
  const decides = can(detail.role, 'members.change')
  const silent = useSilent(detail)
  return (
    <>
      <ul className="plain member-list">
        {detail.members.map((member) => (
          <MemberRow
            key={member.person}
            member={member}
            holder={member.person === detail.coordinator.person}
            isHere={here.some(({ person }) => person === member.person)}
            writes={here.some(({ person, typing }) => typing && person === member.person)}
            silent={silent.get(member.person)}
            changeIn={decides && member.person !== detail.coordinator.person ? detail.id : undefined}
          />
        ))}
      </ul>
      {decides && <InvitePeople detail={detail} />}
    </>
  )
}

/** While somebody writes, one or two of these change: only they are drawn. */
const MemberRow = memo(function MemberRow(given: {
  member: Member
  holder: boolean
  isHere: boolean
  writes: boolean
  silent: Silent | undefined
  /** The log in which the reader may change this person's part. */
  changeIn: CaseId | undefined
}) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const { member, holder, isHere, writes } = given
  const isMe = member.person === me.id
  const wrote = member.lastLineAt
    ? t('caseLog.members.wrote', { when: lastWrote(Date.parse(member.lastLineAt), i18n.language, t) })
    : t('caseLog.members.notYet')
  const silentFor = given.silent?.days
  const quiet = silentFor === undefined ? wrote : t('questions.quiet', { count: silentFor })
  const now = writes ? t('caseLog.members.writesNow') : quiet
  const role = holder ? t('role.coordinator') : member.title
  return (
    <li
      className="member"
      data-here={isHere ? true : undefined}
      data-silent={silentFor === undefined ? undefined : true}
    >
      <Tile service={member.service} size={30} named />
      <div>
        <p className="member-name">
          {member.name} {isMe && <span className="quiet">({t('caseLog.members.you')})</span>}{' '}
          {holder && <Baton size={16} />}
        </p>
        <p className="member-when" data-writing={writes ? true : undefined}>
          {silentFor === undefined ? `${role} · ${now}` : now}
        </p>
      </div>
      {isHere && <span className="here-dot" role="img" aria-label={t('caseLog.members.here')} />}
      {given.silent?.ask}
      {given.changeIn && <MemberMenu caseId={given.changeIn} member={member} />}
    </li>
  )
})
