import './disagreements.css'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import type { Member } from '../../shared/cases.ts'
import { type BlockId, type CaseId, DisagreementId } from '../../shared/ids.ts'
import type { Disagreement } from '../../shared/meetings.ts'
import { type CaseRole, can } from '../../shared/roles.ts'
import { call } from '../api/call.ts'
import { endpoints } from '../api/endpoints.ts'
import { useMe } from '../api/queries.ts'
import { sayNames } from '../case-log/line-signs.ts'
import { bylineWhen } from '../case-log/when.ts'
import { firstName } from '../ui/names.ts'
import { Tile } from '../ui/Tile.tsx'
import { CloseDialog } from './CloseDialog.tsx'
import { keepDisagreement, useDisagreements } from './queries.ts'
import { ViewLine } from './ViewLine.tsx'

type Given = {
  caseId: CaseId
  role: CaseRole
  goal: BlockId
  members: readonly Member[]
  /** Text as this screen may show it. */
  say?: (text: string) => string
}

const asItIs = (text: string): string => text

/** «Vi ser dette ulikt»: views on one goal side by side, signed, until somebody closes it with a decision. */
export const Disagreements = memo(function Disagreements(given: Given) {
  const { caseId, role, goal, members, say = asItIs } = given
  const { t } = useTranslation()
  const [starting, setStarting] = useState(false)
  const all = useDisagreements(caseId, goal).data ?? []
  const open = all.filter(({ closed }) => closed === null)
  const closed = all.filter(({ closed: end }) => end !== null)
  const mayView = can(role, 'disagreement.view')
  if (all.length === 0 && !mayView) return null

  const begin = async (text: string) => {
    const body = { id: DisagreementId.parse(newBlockId()), goal, text }
    keepDisagreement(await call(endpoints.openDisagreement, { params: { id: caseId }, body }))
    setStarting(false)
  }
  return (
    <div className="disagreements">
      {open.map((one) => (
        <Open key={one.id} one={one} mayView={mayView} members={members} say={say} />
      ))}
      {closed.map((one) => (
        <Closed key={one.id} one={one} say={say} />
      ))}
      {open.length === 0 &&
        mayView &&
        (starting ? (
          <ViewLine
            label={t('disagreement.mine')}
            text=""
            onShare={begin}
            onLeave={() => setStarting(false)}
          />
        ) : (
          <button type="button" className="link-button disagreement-start" onClick={() => setStarting(true)}>
            {t('disagreement.start')}
          </button>
        ))}
    </div>
  )
})

type One = { one: Disagreement; say: (text: string) => string }

function Open({ one, mayView, members, say }: One & { mayView: boolean; members: readonly Member[] }) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const [writing, setWriting] = useState(false)
  const [closing, setClosing] = useState(false)
  const mine = one.views.find(({ by }) => by.person === me.id)
  const share = async (text: string) => {
    const params = { id: one.case, disagreement: one.id }
    keepDisagreement(await call(endpoints.viewDisagreement, { params, body: { text } }))
    setWriting(false)
  }
  return (
    <section className="disagreement" aria-label={t('disagreement.title')}>
      <h4>{t('disagreement.title')}</h4>
      <ul className="plain disagreement-views">
        {one.views.map(({ by, at, text }) => (
          <li key={by.person}>
            <p className="disagreement-by">
              <Tile service={by.service} size={26} named />
              <b>{by.name}</b> <span className="quiet">{bylineWhen(at, i18n.language, t)}</span>
            </p>
            <p>{say(text)}</p>
          </li>
        ))}
      </ul>
      {writing ? (
        <ViewLine
          label={t('disagreement.mine')}
          text={mine?.text ?? ''}
          onShare={share}
          onLeave={() => setWriting(false)}
        />
      ) : (
        mayView && (
          <p className="disagreement-actions">
            <button type="button" className="link-button" onClick={() => setWriting(true)}>
              {t(mine ? 'disagreement.change' : 'disagreement.add')}
            </button>
            <button type="button" className="link-button" onClick={() => setClosing(true)}>
              {t('disagreement.close')}
            </button>
          </p>
        )
      )}
      {closing && <CloseDialog one={one} members={members} onClose={() => setClosing(false)} />}
    </section>
  )
}

function Closed({ one, say }: One) {
  const { t, i18n } = useTranslation()
  const { closed } = one
  if (!closed) return null
  const names = sayNames(
    closed.dissented.map(({ name }) => firstName(name)),
    t,
  )
  return (
    <details className="disagreement" data-closed="">
      <summary>
        {t('disagreement.closed', { decision: say(closed.decision) })}
        {closed.dissented.length > 0 && ` ${t('disagreement.dissented', { names })}`}
      </summary>
      <ul className="plain disagreement-views">
        {one.views.map(({ by, text }) => (
          <li key={by.person}>
            <p className="disagreement-by">
              <Tile service={by.service} size={26} named />
              <b>{by.name}</b>
            </p>
            <p>{say(text)}</p>
          </li>
        ))}
      </ul>
      <p className="quiet">
        {t('disagreement.closedBy', {
          name: firstName(closed.by.name),
          when: bylineWhen(closed.at, i18n.language, t),
        })}
      </p>
    </details>
  )
}
