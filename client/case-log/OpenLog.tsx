import type { Editor } from '@tiptap/core'
import { lazy, type ReactNode, Suspense, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseDetail } from '../../shared/cases.ts'
import { can } from '../../shared/roles.ts'
import { useMe } from '../api/queries.ts'
import { useCaseName } from '../cases/hidden-names.ts'
import type { LogConnection } from '../collab/connection.ts'
import { Anchors } from '../comments/anchors.ts'
import { CommentsButton } from '../comments/CommentsButton.tsx'
import { Margin } from '../comments/Margin.tsx'
import { ROOMY } from '../comments/roomy.ts'
import { ThreadList } from '../comments/ThreadList.tsx'
import { ThreadSheet } from '../comments/ThreadSheet.tsx'
import { CommentsProvider, useLogComments } from '../comments/use-comments.ts'
import { DisagreementsContext } from '../disagreements/context.ts'
import { HandoverNotice } from '../handovers/HandoverNotice.tsx'
import { HistoryButton } from '../history/HistoryButton.tsx'
import type { Selection } from '../history/queries.ts'
import type { Asked } from '../history/WhoDialog.tsx'
import { WIDE } from '../history/wide.ts'
import { NextMeeting } from '../meetings/NextMeeting.tsx'
import { NewsButton, NewsLine } from '../news/NewsLine.tsx'
import { useNews } from '../news/use-news.ts'
import { Following } from '../presence/Following.tsx'
import { useFollow } from '../presence/follow.ts'
import { useHere, usePeopleHere } from '../presence/use-here.ts'
import { SetAsideNotice } from '../set-aside/SetAsideNotice.tsx'
import { useMedia } from '../ui/media.ts'
import { CaseHeader } from './CaseHeader.tsx'
import { Composer } from './Composer.tsx'
import { Lost, Outdated } from './Ended.tsx'
import { LeavingWarning } from './LeavingWarning.tsx'
import { LogEditor } from './LogEditor.tsx'
import { LogSkeleton } from './LogSkeleton.tsx'
import { Members } from './Members.tsx'
import { MeanwhileNotice, RightsNotice, TroubleNotice, WarningNotice } from './notices.tsx'

const HistoryPanel = lazy(async () => ({
  default: (await import('../history/HistoryPanel.tsx')).HistoryPanel,
}))
const MomentView = lazy(async () => ({ default: (await import('../history/MomentView.tsx')).MomentView }))
const WhoDialog = lazy(async () => ({ default: (await import('../history/WhoDialog.tsx')).WhoDialog }))

type Props = {
  detail: CaseDetail
  log: LogConnection
  gone: boolean
  /** Says that the log was opened again from the server's own copy. */
  afresh: ReactNode
}

/** The log while its document is open: header, paper, who takes part, and the composer. */
export function OpenLog({ detail, log, gone, afresh }: Props) {
  const me = useMe()
  const nameOf = useCaseName()
  const state = useSyncExternalStore(log.state.subscribe, log.state.get)
  const here = useHere(log, me.id)
  const people = usePeopleHere(here)
  const [editor, setEditor] = useState<Editor>()
  const paper = useRef<HTMLDivElement>(null)
  const follow = useFollow(people, editor, paper)
  const { t } = useTranslation()
  const wide = useMedia(WIDE)
  const [historyOpen, setHistoryOpen] = useState(false)
  const [selection, setSelection] = useState<Selection>()
  const [asked, setAsked] = useState<Asked>()
  const closeHistory = () => {
    setHistoryOpen(false)
    setSelection(undefined)
  }
  const news = useNews(detail, editor)
  const [anchors] = useState(() => new Anchors())
  const comments = useLogComments(detail, editor, anchors)
  const roomy = useMedia(ROOMY)
  const besideLog = wide && historyOpen && !(roomy && comments.listOpen)
  const moment = besideLog ? selection : undefined

  if (gone || state.ending?.verdict === 'lost') return <Lost at={state.ending?.at} wasOpen={state.loaded} />
  // The sign-in page takes over; until it does, nothing of the log stands here.
  if (state.ending?.verdict === 'signedOut' || state.ending?.verdict === 'afresh') return <LogSkeleton />
  const addLine = can(detail.role, 'log.addLine')
  const writes = can(detail.role, 'log.write')
  const listBeside = roomy && comments.listOpen
  return (
    <CommentsProvider value={comments}>
      <div className="case-log" data-outdated={state.ending?.verdict === 'outdated' || undefined}>
        <title>{`${nameOf(detail.id, detail.subject.name)} · Stafett`}</title>
        <CaseHeader detail={detail} here={people} follow={follow}>
          <NewsButton news={news} />
          <CommentsButton />
          <HistoryButton
            detail={detail}
            open={historyOpen}
            onToggle={() => {
              comments.openList(false)
              if (historyOpen) closeHistory()
              else setHistoryOpen(true)
            }}
          />
        </CaseHeader>
        <div className="case-columns" data-history={besideLog || undefined}>
          {moment && (
            <Suspense fallback={<LogSkeleton inPaper />}>
              <MomentView
                detail={detail}
                selection={moment}
                onSelect={setSelection}
                close={{ label: t('history.toLog'), act: () => setSelection(undefined) }}
              />
            </Suspense>
          )}
          <div className="case-main" hidden={moment !== undefined}>
            <section className="paper" ref={paper}>
              <NewsLine news={news} />
              {state.ending?.verdict === 'outdated' && <Outdated />}
              <TroubleNotice log={log} editor={editor} />
              <RightsNotice detail={detail} />
              <HandoverNotice detail={detail} />
              <WarningNotice detail={detail} />
              {afresh}
              <SetAsideNotice detail={detail} />
              <MeanwhileNotice log={log} editor={editor} />
              <Following follow={follow} />
              {state.loaded ? (
                <div className="log-talk">
                  <DisagreementsContext value={detail}>
                    <LogEditor
                      log={log}
                      detail={detail}
                      members={detail.members}
                      here={here}
                      write={state.write}
                      anchors={anchors}
                      onReady={setEditor}
                      onAskWho={setAsked}
                    />
                  </DisagreementsContext>
                  <Margin wide={roomy} />
                </div>
              ) : (
                <LogSkeleton inPaper />
              )}
            </section>
            {addLine && (
              <Composer detail={detail} editor={editor} ready={state.loaded && (state.write || !writes)} />
            )}
          </div>
          {listBeside ? (
            <ThreadList onClose={() => comments.openList(false)} />
          ) : besideLog ? (
            <Suspense fallback={null}>
              <HistoryPanel
                detail={detail}
                selection={selection}
                onSelect={setSelection}
                onClose={closeHistory}
              />
            </Suspense>
          ) : (
            <div className="case-side">
              <NextMeeting detail={detail} />
              <Members detail={detail} here={people} />
            </div>
          )}
        </div>
        {asked && (
          <Suspense fallback={null}>
            <WhoDialog detail={detail} asked={asked} onClose={() => setAsked(undefined)} />
          </Suspense>
        )}
        {!roomy && <ThreadSheet />}
        <LeavingWarning />
      </div>
    </CommentsProvider>
  )
}
