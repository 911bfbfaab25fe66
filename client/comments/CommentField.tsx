import type { Editor, JSONContent } from '@tiptap/core'
import { Selection } from '@tiptap/pm/state'
import { EditorContent } from '@tiptap/react'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mentioned } from '../../shared/comments.ts'
import { useMe, useServices } from '../api/queries.ts'
import { fieldExtensions } from '../blocks/field-extensions.ts'
import { useOwnEditor } from '../blocks/use-own-editor.ts'
import { Button } from '../ui/Button.tsx'
import { mentionsIn } from './mentions-in.ts'
import { useComments } from './use-comments.ts'

const LONGEST = 2000

type Given = {
  label: string
  placeholder: string
  send: string
  content: JSONContent | undefined
  autoFocus: boolean
  /** What is written now; undefined when nothing is. */
  onChange: (content: JSONContent | undefined) => void
  onSend: (text: string, mentions: Mentioned[]) => void
  /** Escape: leave, whatever is written. */
  onLeave: () => void
  /** Stands beside the button that sends. */
  children?: ReactNode
}

/** Where a comment is written: Enter sends, Shift Enter makes a new line, `@` names people and services. */
export function CommentField(given: Given) {
  const { t } = useTranslation()
  const me = useMe()
  const services = useServices()
  const { detail } = useComments()
  const [trouble, setTrouble] = useState(false)
  const [empty, setEmpty] = useState(given.content === undefined)
  const latest = useRef({ ...given, members: detail.members, send: () => {} })

  const field = useOwnEditor(
    () => ({
      content: given.content ?? null,
      extensions: fieldExtensions({
        inLines: true,
        context: {
          services,
          me,
          members: () => latest.current.members,
          canWrite: () => true,
          canRate: () => false,
        },
        placeholder: () => latest.current.placeholder,
        onSend: () => latest.current.send(),
        onLeave: () => latest.current.onLeave(),
      }),
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-label': given.label,
          'aria-multiline': 'true',
          class: 'comment-field ds-input',
          enterkeyhint: 'send',
          autocapitalize: 'sentences',
          // Where a dialog that opens puts the focus.
          ...(given.autoFocus ? { autofocus: '' } : {}),
        },
      },
      onUpdate: ({ editor }) => {
        setEmpty(isBlank(editor))
        setTrouble(false)
        latest.current.onChange(isBlank(editor) ? undefined : editor.getJSON())
      },
    }),
    [services, me.id],
  )

  const send = (): void => {
    if (!field || isBlank(field)) return
    const text = field.getText({ blockSeparator: '\n' }).trim()
    setTrouble(text.length > LONGEST)
    if (text.length > LONGEST) return
    const mentions = mentionsIn(field.state.doc)
    field.commands.clearContent(true)
    given.onSend(text, mentions)
  }
  latest.current = { ...given, members: detail.members, send }

  const { autoFocus } = given
  useLayoutEffect(() => {
    if (!field || !autoFocus) return
    field.view.dispatch(field.state.tr.setSelection(Selection.atEnd(field.state.doc)))
    field.view.dom.focus({ preventScroll: true })
  }, [field, autoFocus])

  return (
    <div className="comment-write">
      {field && <EditorContent editor={field} />}
      {trouble && (
        <p className="comment-trouble" role="alert">
          {t('comments.tooLong')}
        </p>
      )}
      <div className="comment-actions">
        <Button size="sm" disabled={empty} onClick={send}>
          {given.send}
        </Button>
        {given.children}
        <span className="comment-hint" aria-hidden="true">
          <kbd>Enter</kbd> {t('comments.sendHint')}
        </span>
      </div>
    </div>
  )
}

const isBlank = (editor: Editor): boolean => editor.getText({ blockSeparator: '\n' }).trim() === ''
