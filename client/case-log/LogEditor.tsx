import type { Editor, EditorOptions } from '@tiptap/core'
import { EditorContent } from '@tiptap/react'
import { memo, type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseDetail, Member } from '../../shared/cases.ts'
import { can } from '../../shared/roles.ts'
import { useMe, useServices } from '../api/queries.ts'
import { useOwnEditor } from '../blocks/use-own-editor.ts'
import { rateThroughServer } from '../cases/rate-through-server.ts'
import type { LogConnection } from '../collab/connection.ts'
import type { Anchors } from '../comments/anchors.ts'
import { selectedRanges } from '../history/selected-ranges.ts'
import type { Asked } from '../history/WhoDialog.tsx'
import { putBlockOf } from '../meetings/put-block.ts'
import type { HereStore } from '../presence/use-here.ts'
import { whenIdle } from '../ui/idle.ts'
import { logExtensions } from './log-extensions.ts'
import { focusEnd } from './own-lines.ts'

type Given = {
  log: LogConnection
  detail: CaseDetail
  members: readonly Member[]
  here: HereStore
  write: boolean
  anchors: Anchors
  onReady: (editor: Editor | undefined) => void
  /** Somebody wants to know who wrote what they have selected. */
  onAskWho: (asked: Asked) => void
}

/** What sticks to the window's edges over the text: the caret is kept clear of it. */
const clearance = { top: 190, bottom: 110, left: 0, right: 0 }

const editorProps = (write: boolean, label: string): EditorOptions['editorProps'] => ({
  scrollThreshold: clearance,
  scrollMargin: clearance,
  attributes: {
    role: write ? 'textbox' : 'article',
    'aria-label': label,
    // Text that is only read can still be gone back to from a comment.
    ...(write ? { 'aria-multiline': 'true' } : { tabindex: '-1' }),
    class: 'log-text',
    spellcheck: 'true',
  },
})

/**
 * In one go with EditorContent, which else has the whole text built and laid out three times. The views of blocks only
 * ask whether React is there; they draw in the microtask after this, when EditorContent is.
 */
function mountOnce(editor: Editor): void {
  Object.assign(editor, { contentComponent: {}, createNodeViews: () => {} })
  editor.mount(document.createElement('div'))
  Object.assign(editor, { contentComponent: null })
  editor.view.dom.dataset['opening'] = ''
}

/** The rest of a log is laid out this soon (ms), idle or not. */
const REST = 300

/** What is in view is shown first; the rest is laid out when that is on the screen. Returns how to stop waiting. */
function layOutLater(text: HTMLElement): () => void {
  let callOff: (() => void) | undefined
  // Two frames: the first is being made now.
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      callOff = whenIdle(() => delete text.dataset['opening'], REST)
    })
  })
  return () => {
    cancelAnimationFrame(frame)
    callOff?.()
  }
}

/** The text of the log. React draws it once: key presses, carets and bylines are ProseMirror's own. */
export const LogEditor = memo(function LogEditor(given: Given) {
  const { log, detail, here, write, anchors, onReady } = given
  const { t, i18n } = useTranslation()
  const me = useMe()
  const services = useServices()
  const latest = useRef({ ...given, services, language: i18n.language })
  latest.current = { ...given, services, language: i18n.language }
  const name = detail.subject.name
  const label = write ? t('caseLog.text', { name }) : t('caseLog.textReadOnly', { name })

  const putBlock = useMemo(() => putBlockOf(detail.id), [detail.id])
  const extensions = useMemo(
    () =>
      logExtensions({
        log,
        me,
        services: () => latest.current.services,
        members: () => latest.current.members,
        here,
        language: () => latest.current.language,
        canWrite: () => latest.current.write,
        askWho: ({ state }) => latest.current.onAskWho(selectedRanges(state)),
        canRate: () => can(latest.current.detail.role, 'goal.rate'),
        canComment: () => can(latest.current.detail.role, 'comments.write'),
        putOnAgenda: () => (can(latest.current.detail.role, 'agenda.change') ? putBlock : undefined),
        anchors,
        rateThroughServer: (goal, score, line) => rateThroughServer(detail.id, goal, score, line),
      }),
    [log, me, detail.id, putBlock, here, anchors],
  )
  const props = useMemo(() => editorProps(write, label), [write, label])
  const editor = useOwnEditor(
    () => ({ element: null, editable: write, editorProps: props, extensions }),
    [extensions],
    mountOnce,
  )

  useLayoutEffect(() => {
    if (!editor) return
    const settled = layOutLater(editor.view.dom)
    onReady(editor)
    return () => {
      settled()
      onReady(undefined)
    }
  }, [editor, onReady])

  useEffect(() => {
    if (editor && editor.options.editorProps !== props)
      editor.setOptions({ editable: write, editorProps: props })
  }, [editor, write, props])

  const writeBelow = (event: PointerEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget || !write || !editor) return
    event.preventDefault()
    focusEnd(editor)
  }

  return (
    <div className="log-place">
      {editor && <EditorContent editor={editor} />}
      <div className="log-below" aria-hidden="true" onPointerDown={writeBelow} />
    </div>
  )
})
