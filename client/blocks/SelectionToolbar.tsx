import { ChatElipsisIcon, ClockDashedIcon } from '@navikt/aksel-icons'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSafeLink } from '../../shared/blocks/marks.ts'
import { FieldError } from '../ui/Field.tsx'
import { useBlocks } from './context.ts'

/** What somebody most likely meant: «fjordvik.example» is an address too. */
function completed(address: string): string | undefined {
  const text = address.trim()
  if (isSafeLink(text)) return text
  const guess = `https://${text}`
  return /^[^\s:/]+\.[^\s:]+/.test(text) && isSafeLink(guess) ? guess : undefined
}

function LinkForm({ editor, href, onDone }: { editor: Editor; href: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [address, setAddress] = useState(href)
  const [wrong, setWrong] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const about = useId()
  useEffect(() => input.current?.focus(), [])
  const use = (event: FormEvent) => {
    event.preventDefault()
    const safe = completed(address)
    if (!safe) return setWrong(true)
    editor.chain().focus().extendMarkRange('link').setMark('link', { href: safe }).run()
    onDone()
  }
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetMark('link').run()
    onDone()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    editor.commands.focus()
    onDone()
  }
  return (
    <form className="toolbar-link" onSubmit={use} onKeyDown={onKeyDown}>
      <input
        ref={input}
        className="ds-input"
        inputMode="url"
        aria-label={t('blocks.linkAddress')}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? about : undefined}
        placeholder={t('blocks.linkPlaceholder')}
        value={address}
        onChange={({ target }) => {
          setAddress(target.value)
          setWrong(false)
        }}
      />
      <button type="submit" className="toolbar-button">
        {t('blocks.linkSet')}
      </button>
      {href && (
        <button type="button" className="toolbar-button" onClick={remove}>
          {t('blocks.linkRemove')}
        </button>
      )}
      {wrong && <FieldError id={about}>{t('blocks.linkInvalid')}</FieldError>}
    </form>
  )
}

/** Arrows walk through a toolbar; Escape goes back to the text. */
function walk(event: KeyboardEvent<HTMLElement>, editor: Editor): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button.matches(':focus'))
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (event.key === 'Escape') editor.commands.focus()
  if (step === undefined || at < 0) return
  event.preventDefault()
  buttons[(at + step + buttons.length) % buttons.length]?.focus()
}

/** Bold, italic, heading and link for what is selected; commenting on it, and who wrote it, also for who only reads. */
export function SelectionToolbar({ editor, linking }: { editor: Editor; linking: number }) {
  const { t } = useTranslation()
  const { askWho, canWrite, comment } = useBlocks(editor)
  const [linkOpen, setLinkOpen] = useState(false)
  const state = useEditorState({
    editor,
    selector: () => ({
      bold: editor.isActive('bold'),
      italic: editor.isActive('italic'),
      heading: editor.isActive('heading'),
      text: editor.isActive('heading') || editor.isActive('paragraph'),
      href: String(editor.getAttributes('link')['href'] ?? ''),
    }),
  })
  useEffect(() => {
    if (linking > 0) setLinkOpen(true)
  }, [linking])

  if (linkOpen) return <LinkForm editor={editor} href={state.href} onDone={() => setLinkOpen(false)} />
  const button = (label: string, pressed: boolean | undefined, shown: ReactNode, act: () => void) => (
    <button
      type="button"
      className="toolbar-button"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onMouseDown={(event) => event.preventDefault()}
      onClick={act}
    >
      {shown}
    </button>
  )
  const chain = () => editor.chain().focus()
  const who =
    askWho && button(t('history.who.ask'), undefined, <ClockDashedIcon aria-hidden />, () => askWho(editor))
  return (
    <div
      className="toolbar"
      role="toolbar"
      aria-label={t('blocks.toolbar')}
      onKeyDown={(event) => walk(event, editor)}
    >
      {canWrite && (
        <>
          {button(t('blocks.bold'), state.bold, <b>{t('blocks.bold').charAt(0)}</b>, () =>
            chain().toggleMark('bold').run(),
          )}
          {button(t('blocks.italic'), state.italic, <i>{t('blocks.italic').charAt(0)}</i>, () =>
            chain().toggleMark('italic').run(),
          )}
          {state.text &&
            button(t('blocks.heading'), state.heading, t('blocks.heading').charAt(0), () =>
              chain().toggleNode('heading', 'paragraph', { level: 2 }).run(),
            )}
          {button(t('blocks.link'), state.href !== '', t('blocks.link'), () => setLinkOpen(true))}
        </>
      )}
      {comment &&
        button(t('comments.commentSelection'), undefined, <ChatElipsisIcon aria-hidden />, () =>
          comment('selection'),
        )}
      {who}
    </div>
  )
}
