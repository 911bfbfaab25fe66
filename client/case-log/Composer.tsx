import './composer.css'
import { ExclamationmarkTriangleIcon } from '@navikt/aksel-icons'
import type { Editor } from '@tiptap/core'
import { EditorContent } from '@tiptap/react'
import { memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BlockJson } from '../../shared/blocks/json.ts'
import type { CaseDetail } from '../../shared/cases.ts'
import { can } from '../../shared/roles.ts'
import { errorKey } from '../api/call.ts'
import { useMe, useServices } from '../api/queries.ts'
import { fieldExtensions } from '../blocks/field-extensions.ts'
import { focusNow } from '../blocks/focus-now.ts'
import { useOwnEditor } from '../blocks/use-own-editor.ts'
import { holdDraft } from '../collab/save-status.ts'
import { tellTyping } from '../presence/carets.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { Tile } from '../ui/Tile.tsx'
import { TargetMenu, TargetRow } from './ComposeTarget.tsx'
import { useKeyboardInset } from './keyboard-inset.ts'
import { putLine, showWhenThere, type Target } from './own-lines.ts'
import { useServerLine } from './server-line.ts'

const line: Target = { kind: 'line' }
const LONGEST = 2000

type Trouble = 'tooLong' | 'chooseStep' | 'goalGone'
type Given = { detail: CaseDetail; editor: Editor | undefined; ready: boolean }

/** One line, Enter, and it stands in the log, signed. */
export const Composer = memo(function Composer({ detail, editor, ready }: Given) {
  const { t } = useTranslation()
  const me = useMe()
  const services = useServices()
  const writes = can(detail.role, 'log.write')
  const server = useServerLine(detail.id)
  const [target, setTarget] = useState<Target>(line)
  const [trouble, setTrouble] = useState<Trouble>()
  const [empty, setEmpty] = useState(true)
  const place = useRef<HTMLDivElement>(null)
  useKeyboardInset(place)
  const placeholder = t(target.kind === 'evaluation' ? 'blocks.whatDoYouSee' : 'caseLog.compose.placeholder')
  const latest = useRef({ members: detail.members, share: () => {}, leave: () => {}, placeholder, editor })

  const field = useOwnEditor(
    () => ({
      extensions: fieldExtensions({
        inLines: false,
        context: {
          services,
          me,
          members: () => latest.current.members,
          canWrite: () => true,
          canRate: () => false,
        },
        placeholder: () => latest.current.placeholder,
        onSend: () => latest.current.share(),
        onLeave: () => latest.current.leave(),
      }),
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-label': t('caseLog.compose.label'),
          'aria-multiline': 'false',
          class: 'compose-field ds-input',
          enterkeyhint: 'send',
          autocapitalize: 'sentences',
        },
      },
      onUpdate: ({ editor: changed }) => {
        setEmpty(changed.isEmpty)
        setTrouble(undefined)
        const log = latest.current.editor
        if (log && !log.isDestroyed && !changed.isEmpty) tellTyping(log.view)
      },
    }),
    [services, me.id, t],
  )

  const done = (): void => {
    field?.commands.clearContent(true)
    if (field) focusNow(field)
    setTarget(line)
    setTrouble(undefined)
    announce(t('caseLog.compose.shared'))
  }

  /** Hands the line over; says what stands in the way, if anything does. */
  const share = (): void => setTrouble(tryToShare())

  function tryToShare(): Trouble | undefined {
    if (!field || server.waiting) return undefined
    const text = field.getText().trim()
    const rated = target.kind === 'evaluation'
    if (rated && target.score === undefined) return 'chooseStep'
    if (text === '' && !rated) return undefined
    if (text.length > LONGEST) return 'tooLong'
    if (!writes) {
      const goal =
        rated && target.score !== undefined ? { block: target.goal, score: target.score } : undefined
      server.send({ text, ...(goal ? { goal } : {}) }, () => {
        done()
        if (!goal && editor) showWhenThere(editor, text)
      })
      return undefined
    }
    const content = BlockJson.array().parse(field.getJSON().content?.[0]?.content ?? [])
    const stands = editor && putLine(editor, target, trimmed(content), me)
    if (!stands) return 'goalGone'
    done()
    stands.scrollIntoView({ block: 'nearest' })
    return undefined
  }

  const leave = () => field?.view.dom.blur()
  latest.current = { members: detail.members, share, leave, placeholder, editor }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the field asks for its placeholder when it draws
  useEffect(() => {
    if (field) field.view.dispatch(field.state.tr)
  }, [field, placeholder])

  useEffect(() => {
    field?.setEditable(ready && server.waiting === undefined, false)
  }, [field, ready, server.waiting])

  useEffect(() => holdDraft(!empty), [empty])
  useEffect(() => () => holdDraft(false), [])

  const others = detail.members.length - 1
  return (
    <div className="composer" ref={place}>
      {server.waiting?.error && <NotShared server={server} error={server.waiting.error} />}
      {trouble && trouble !== 'chooseStep' && (
        <p className="compose-trouble" role="alert">
          {t(`caseLog.compose.${trouble}`)}
        </p>
      )}
      <TargetRow editor={editor} target={target} asked={trouble === 'chooseStep'} onChange={setTarget} />
      <div className="compose-row">
        <Tile service={me.service} size={36} />
        <div className="compose-box" data-disabled={!ready || undefined}>
          {field && <EditorContent editor={field} />}
          <TargetMenu editor={editor} target={target} mayMeasure={writes} onChange={setTarget} />
        </div>
        <p className="compose-hint" aria-hidden="true">
          <kbd>Enter</kbd>{' '}
          {others > 0 ? t('caseLog.compose.enter', { count: others }) : t('caseLog.compose.enterAlone')}
        </p>
        <Button className="compose-share" disabled={!ready} onClick={share}>
          {t(server.waiting ? 'caseLog.compose.sharing' : 'caseLog.compose.share')}
        </Button>
      </div>
    </div>
  )
})

/** The server could not be had: the text stays, and goes off by itself when it can. */
function NotShared({ server, error }: { server: ReturnType<typeof useServerLine>; error: Error }) {
  const { t } = useTranslation()
  return (
    <div className="notice" data-tone="error" role="alert">
      <ExclamationmarkTriangleIcon aria-hidden />
      <p>
        <strong>{t('caseLog.compose.notShared')}</strong> {t(errorKey(error))}
      </p>
      <Button
        size="sm"
        variant="secondary"
        onClick={server.waiting?.retryAt === undefined ? server.takeBack : server.tryNow}
      >
        {t(server.waiting?.retryAt === undefined ? 'caseLog.compose.change' : 'caseLog.trouble.tryNow')}
      </Button>
    </div>
  )
}

/** Blanks at the ends are the keyboard's, not the line's. */
function trimmed(content: BlockJson[]): BlockJson[] {
  const last = content.at(-1)
  if (last?.text === undefined) return content
  const text = last.text.trimEnd()
  return text === '' ? content.slice(0, -1) : [...content.slice(0, -1), { ...last, text }]
}
