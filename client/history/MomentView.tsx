import './moment.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/capabilities.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import type { HistoryNode } from '../../shared/history.ts'
import { LogSkeleton } from '../case-log/LogSkeleton.tsx'
import { Button } from '../ui/Button.tsx'
import { MomentBar } from './MomentBar.tsx'
import { MomentBlocks } from './MomentBlocks.tsx'
import { NameDialog } from './NameDialog.tsx'
import { type Moment, type Selection, useMoment } from './queries.ts'
import { RestoreDialog } from './RestoreDialog.tsx'
import { RestoreNotice } from './RestoreNotice.tsx'
import { useRestore, type Wish } from './restoring.ts'
import { useSaying } from './saying.ts'
import { fullMoment } from './when.ts'

type Given = {
  detail: CaseDetail
  selection: Selection
  onSelect: (selection: Selection) => void
  /** Where to go from here: back to the log, or to the list. */
  close: { label: string; act: () => void }
}

/** The log as it stood at a moment, with what came and went since an earlier one; nothing here can be written in. */
export function MomentView(given: Given) {
  const { t } = useTranslation()
  const { detail, selection } = given
  const moment = useMoment(detail.id, selection)
  if (moment.data) return <Shown {...given} moment={moment.data} stale={moment.isPlaceholderData} />
  return (
    <div className="moment">
      {moment.isError ? (
        <div className="history-message" role="alert">
          <p>{t('history.failed')}</p>
          <Button variant="secondary" size="sm" onClick={() => void moment.refetch()}>
            {t('shell.retry')}
          </Button>
        </div>
      ) : (
        <LogSkeleton inPaper />
      )}
    </div>
  )
}

type Asked = Wish & { name: string | undefined; at: number }

function Shown({
  detail,
  selection,
  onSelect,
  close,
  moment,
  stale,
}: Given & { moment: Moment; stale: boolean }) {
  const { t, i18n } = useTranslation()
  const saying = useSaying(detail, moment.writers)
  const [asked, setAsked] = useState<Asked>()
  const [naming, setNaming] = useState(false)
  const { restoring, restore, undo, forget } = useRestore(detail.id)
  const mayWrite = can(detail.role, 'log.write')
  const at = moment.at ?? Date.now()

  const askBlock = (node: HistoryNode) => {
    // A block that went is brought back as it was before it went.
    const seq = node.state === 'deleted' ? (moment.since ?? moment.seq) : moment.seq
    const { id } = node.fields
    setAsked({ seq, block: typeof id === 'string' ? id : node.key, name: nameOf(node), at })
  }
  const nameOf = ({ type }: HistoryNode) => {
    const words: Record<string, string> = t('blocks.block', { returnObjects: true })
    return words[type] ?? t('blocks.block.paragraph')
  }

  return (
    <section className="moment" aria-labelledby="moment-title" aria-busy={stale || undefined}>
      <MomentBar
        caseId={detail.id}
        moment={moment}
        selection={selection}
        onSelect={(next) => {
          forget()
          onSelect(next)
        }}
        close={close}
        {...(mayWrite
          ? {
              onName: () => setNaming(true),
              onRestore: () => setAsked({ seq: moment.seq, block: undefined, name: undefined, at }),
            }
          : {})}
      />
      <RestoreNotice restoring={restoring} onUndo={undo} close={close} />
      <div className="log-text moment-text">
        {moment.blocks.length === 0 && <p className="quiet">{t('history.moment.empty')}</p>}
        <MomentBlocks
          blocks={moment.blocks}
          drawing={{ writers: moment.writers, saying, restore: mayWrite ? askBlock : undefined }}
        />
      </div>
      <RestoreDialog
        block={asked?.name}
        when={fullMoment(asked?.at ?? at, i18n.language, t)}
        open={asked !== undefined}
        onConfirm={() => asked && restore(asked)}
        onClose={() => setAsked(undefined)}
      />
      <NameDialog caseId={detail.id} seq={moment.seq} open={naming} onClose={() => setNaming(false)} />
    </section>
  )
}
