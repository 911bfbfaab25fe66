import type { Editor } from '@tiptap/core'
import { EditorContent } from '@tiptap/react'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Minutes } from '../../shared/blocks/minutes.ts'
import type { Member } from '../../shared/cases.ts'
import type { BlockId } from '../../shared/ids.ts'
import { useMe, useServices } from '../api/queries.ts'
import { useOwnEditor } from '../blocks/use-own-editor.ts'
import { logExtensions } from '../case-log/log-extensions.ts'
import type { LogConnection } from '../collab/connection.ts'
import { Anchors } from '../comments/anchors.ts'
import type { HereStore } from '../presence/use-here.ts'
import { hiddenNames } from './hidden-text.ts'
import { minutesOnly } from './minutes-only.ts'

type Given = {
  log: LogConnection
  /** Whom the log is about. */
  name: string
  members: readonly Member[]
  here: HereStore
  minutes: BlockId | undefined
  write: boolean
  /** Names that are drawn to letters now. */
  hidden: readonly string[]
  onReady: (editor: Editor | undefined) => void
}

/**
 * The log's own editor, of which only the minutes are seen: carets, undo and rights are the log's, and the wall
 * changes goals and measures through it.
 */
export const MinutesEditor = memo(function MinutesEditor(given: Given) {
  const { log, name, here, write, minutes, hidden, onReady } = given
  const { t, i18n } = useTranslation()
  const me = useMe()
  const services = useServices()
  const latest = useRef({ ...given, services, language: i18n.language })
  latest.current = { ...given, services, language: i18n.language }

  // On the wall people talk aloud: threads stay where they are, and are not drawn.
  const [anchors] = useState(() => new Anchors())
  const extensions = useMemo(
    () => [
      ...logExtensions({
        log,
        me,
        here,
        services: () => latest.current.services,
        members: () => latest.current.members,
        language: () => latest.current.language,
        canWrite: () => latest.current.write,
        canRate: () => false,
        shownIn: Minutes.name,
        anchors,
      }),
      minutesOnly(() => latest.current.minutes),
      hiddenNames(() => latest.current.hidden),
    ],
    [log, me, here, anchors],
  )
  const label = t('meeting.minutes.text', { name })
  const editorProps = useMemo(
    () => ({
      attributes: {
        role: write ? 'textbox' : 'article',
        'aria-label': label,
        // Whoever only reads can scroll it by keyboard all the same.
        ...(write ? { 'aria-multiline': 'true' } : { tabindex: '0' }),
        class: 'log-text',
        spellcheck: 'true',
      },
    }),
    [write, label],
  )
  const editor = useOwnEditor(() => ({ editable: write, editorProps, extensions }), [extensions])
  useEffect(() => {
    onReady(editor)
    return () => onReady(undefined)
  }, [editor, onReady])
  useEffect(() => {
    editor?.setOptions({ editable: write, editorProps })
  }, [editor, write, editorProps])
  // Which block is shown, and what is hidden in it, is asked for when the editor draws.
  useEffect(() => {
    if (!editor) return
    const { tr } = editor.state
    editor.view.dispatch(tr.setMeta('shown', { minutes, hidden }).setMeta('addToHistory', false))
  }, [editor, minutes, hidden])
  return editor && <EditorContent editor={editor} />
})
