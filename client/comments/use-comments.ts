import type { Editor } from '@tiptap/core'
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { newBlockId } from '../../shared/blocks/block-id.ts'
import { can } from '../../shared/capabilities.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import type { Signed } from '../../shared/comments.ts'
import { ThreadId } from '../../shared/ids.ts'
import { useMe, useServices } from '../api/queries.ts'
import type { CommentOn } from '../blocks/context.ts'
import { holdDraft } from '../collab/save-status.ts'
import { tellTrouble } from '../ui/trouble.ts'
import { anchorOf } from './anchor-of.ts'
import type { Anchors, Look } from './anchors.ts'
import { drawBegun } from './begun.ts'
import { type Card, cardsOf } from './cards.ts'
import { drafts, hasDrafts, newThreads } from './drafts.ts'
import { useThreads } from './queries.ts'
import { isRoomy } from './roomy.ts'
import { outbox } from './sending.ts'
import { tellOfOthers } from './tell-of-others.ts'
import { useCommentKeys } from './use-comment-keys.ts'

export type Comments = {
  readonly detail: CaseDetail
  readonly editor: Editor | undefined
  readonly anchors: Anchors
  readonly me: Signed
  readonly canWrite: boolean
  readonly state: 'loading' | 'failed' | 'ready'
  retry(): void
  readonly cards: readonly Card[]
  /** The thread that is open: its card, or the sheet on a phone. */
  readonly active: ThreadId | undefined
  /** What to put the focus on in it, drawn anew at each opening. */
  readonly focus: Focus
  readonly listOpen: boolean
  readonly unread: number
  openList(open: boolean): void
  /** Opens a thread, and says what gets the focus there. */
  open(thread: ThreadId, focus?: Focus['on']): void
  /** Closes it; back to the text when that is where one came from. */
  close(toText?: boolean): void
  begin(on: CommentOn): void
}

type Focus = { readonly on: 'reply' | 'card' | 'nothing'; readonly at: number }
const onNothing: Focus = { on: 'nothing', at: 0 }

const Context = createContext<Comments | undefined>(undefined)
export const CommentsProvider = Context.Provider

/** The comments of the open log, for the parts that show them. */
export function useComments(): Comments {
  const comments = use(Context)
  if (!comments) throw new Error('comments are shown in an open log only')
  return comments
}

/** Which drafts of a log there are, and whether anything is written in them. */
const draftNames = (id: CaseDetail['id']): string =>
  [
    ...newThreads(drafts.get(), id).map(({ thread }) => thread),
    ...(hasDrafts(drafts.get(), id) ? ['written'] : []),
  ].join()

/** The comments of a log: its threads, what was begun here, and which thread is open. */
export function useLogComments(detail: CaseDetail, editor: Editor | undefined, anchors: Anchors): Comments {
  const { t } = useTranslation()
  const person = useMe()
  const query = useThreads(detail.id)
  const [active, setActive] = useState<ThreadId>()
  const [focus, setFocus] = useState<Focus>(onNothing)
  const [listOpen, setListOpen] = useState(false)
  const pending = useSyncExternalStore(outbox.subscribe, outbox.get)
  const names = useSyncExternalStore(drafts.subscribe, () => draftNames(detail.id))
  const canWrite = can(detail.role, 'comments.write')

  const me = useMemo<Signed>(
    () => ({ person: person.id, name: person.name, service: person.service }),
    [person],
  )
  const threads = query.data
  const cards = useMemo(() => {
    const ofCase = pending.filter((one) => one.case === detail.id)
    const begun = names === '' ? [] : newThreads(drafts.get(), detail.id)
    return cardsOf(threads ?? [], begun, ofCase, me)
  }, [threads, names, pending, me, detail.id])

  const latest = useRef({ cards, active })
  latest.current = { cards, active }

  const open = useCallback((thread: ThreadId, on: Focus['on'] = 'nothing') => {
    setActive(thread)
    setFocus(({ at }) => ({ on, at: at + 1 }))
  }, [])
  const close = useCallback(
    (toText = false) => {
      const { active: closed } = latest.current
      // A new thread that nothing was written in was never begun.
      if (closed && drafts.of(closed)?.anchor && drafts.of(closed)?.content === undefined) drafts.drop(closed)
      setActive(undefined)
      // On a phone that would bring up the keyboard.
      if (toText && isRoomy() && editor && !editor.isDestroyed) editor.view.dom.focus({ preventScroll: true })
    },
    [editor],
  )
  const begin = useCallback(
    (on: CommentOn) => {
      if (!editor || editor.isDestroyed) return
      const anchor = anchorOf(editor.state, on)
      if (anchor === undefined) return tellTrouble(t('comments.nothingToComment'))
      if (anchor === 'notYet') return tellTrouble(t('comments.notYet'))
      close()
      const thread = ThreadId.parse(newBlockId())
      // At once, and out of the text: the next key press is the comment's first letter.
      editor.view.dom.blur()
      flushSync(() => {
        drafts.keep({ case: detail.id, thread, anchor, content: undefined })
        open(thread, 'reply')
      })
    },
    [editor, detail.id, t, close, open],
  )

  useLooks(anchors, cards, active)
  useBegun(editor, cards, active, person.service)
  useCommentKeys({ editor, cards, active, canWrite, open, close, begin })
  useEffect(() => tellOfOthers(detail.id, person.id), [detail.id, person.id])
  useEffect(() => {
    anchors.isKnown = (thread) => latest.current.cards.some(({ id }) => id === thread)
    anchors.onComment = begin
    anchors.onPress = (pressed) => {
      // Where a thread opens over the text, a tap that puts the caret there must not: its bubble is the way.
      if (!isRoomy() && editor?.isEditable) return
      const shown = pressed.flatMap((one) => latest.current.cards.find(({ id }) => id === one)?.id ?? [])
      const { active: chosen } = latest.current
      const at = chosen ? shown.indexOf(chosen) : -1
      // Where several lie over each other, pressing again goes on to the next.
      const next = shown[(at + 1) % Math.max(shown.length, 1)]
      if (next) open(next)
      else close()
    }
  }, [anchors, editor, begin, open, close])

  const unsent =
    names.endsWith('written') || pending.some((one) => one.case === detail.id && one.state !== 'refused')
  useEffect(() => holdDraft(unsent, 'comments'), [unsent])
  useEffect(() => () => holdDraft(false, 'comments'), [])

  const { refetch, isError } = query
  return useMemo(
    () => ({
      detail,
      editor,
      anchors,
      me,
      canWrite,
      state: threads ? 'ready' : isError ? 'failed' : 'loading',
      retry: () => void refetch(),
      cards,
      active,
      focus,
      listOpen,
      unread: (threads ?? []).filter(({ unread }) => unread > 0).length,
      openList: setListOpen,
      open,
      close,
      begin,
    }),
    [
      detail,
      editor,
      anchors,
      me,
      canWrite,
      threads,
      isError,
      refetch,
      cards,
      active,
      focus,
      listOpen,
      open,
      close,
      begin,
    ],
  )
}

/** Underlines open threads, and the one that somebody looks at. */
function useLooks(anchors: Anchors, cards: readonly Card[], active: ThreadId | undefined): void {
  const services = useServices()
  useEffect(() => {
    const looks = new Map<string, Look>()
    for (const { id, thread, service } of cards)
      looks.set(id, {
        service: services.find((one) => one.id === service),
        shown: !thread?.resolved || id === active,
        active: id === active,
      })
    anchors.setLooks(looks)
  }, [anchors, cards, active, services])
}

/** Underlines what is begun and not at the server yet. */
function useBegun(
  editor: Editor | undefined,
  cards: readonly Card[],
  active: ThreadId | undefined,
  mine: Signed['service'],
): void {
  const services = useServices()
  const given = useRef<{ cards: readonly Card[]; active: ThreadId | undefined }>({ cards, active })
  const drawing = useRef<ReturnType<typeof drawBegun>>(undefined)
  given.current = { cards, active }
  const service = services.find(({ id }) => id === mine)
  useEffect(() => {
    if (!editor || editor.isDestroyed) return
    const drawn = drawBegun(editor, () => ({
      service,
      threads: given.current.cards.flatMap(({ id, begun }) =>
        begun ? [{ id, anchor: begun, active: id === given.current.active }] : [],
      ),
    }))
    drawing.current = drawn
    drawn.refresh()
    return drawn.stop
  }, [editor, service])
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again when either changes
  useEffect(() => drawing.current?.refresh(), [cards, active])
}
