import { Extension, Node } from '@tiptap/core'
import { Placeholder, UndoRedo } from '@tiptap/extensions'
import { EditorContent } from '@tiptap/react'
import { memo, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Measure, MeasureFields } from '../../shared/blocks/measure.ts'
import { Text } from '../../shared/blocks/text.ts'
import type { BlockId } from '../../shared/ids.ts'
import { useMe, useServices } from '../api/queries.ts'
import { blocksContext } from '../blocks/context.ts'
import { focusNow } from '../blocks/focus-now.ts'
import { MentionMenu } from '../blocks/menus/mention.ts'
import { shortName } from '../blocks/Responsible.tsx'
import { useOwnEditor } from '../blocks/use-own-editor.ts'
import { FieldError } from '../ui/Field.tsx'
import { Tile } from '../ui/Tile.tsx'
import { newMeasure } from './log-changes.ts'
import { useKeys } from './use-keys.ts'
import { useLogOnWall, useOnWall } from './wall-context.ts'

/** One measure and nothing else: `@` answers «who?» in it as it does in the log. */
const OneMeasure = Node.create({ name: 'doc', topNode: true, content: 'measure' })

const ShareKeys = Extension.create<{ onShare: () => void }>({
  name: 'shareKeys',
  addOptions: () => ({ onShare: () => {} }),
  addKeyboardShortcuts() {
    const share = (): boolean => {
      this.options.onShare()
      return true
    }
    return { Enter: share, 'Shift-Enter': share }
  },
})

/** A new measure, said and done: the words, `@` and who, Enter; then the next one. */
export const NewMeasure = memo(function NewMeasure({ goal, number }: { goal: BlockId; number: number }) {
  const { t } = useTranslation()
  const me = useMe()
  const services = useServices()
  const { detail, editor: log } = useLogOnWall()
  const { offerUndo, say } = useOnWall()
  const [fields, setFields] = useState<MeasureFields>(() => MeasureFields.parse({}))
  const [gone, setGone] = useState(false)
  const latest = useRef({ members: detail.members, share: () => {} })

  const extensions = useMemo(
    () => [
      blocksContext({
        services,
        me,
        members: () => latest.current.members,
        canWrite: () => true,
        canRate: () => false,
      }),
      OneMeasure,
      Text,
      Measure,
      MentionMenu,
      UndoRedo,
      Placeholder.configure({ placeholder: () => t('blocks.measureEmpty') }),
      ShareKeys.configure({ onShare: () => latest.current.share() }),
    ],
    [services, me, t],
  )
  const label = t('blocks.addMeasureTo', { number })
  const field = useOwnEditor(
    () => ({
      extensions,
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-label': label,
          'aria-multiline': 'false',
          class: 'wall-measure-field',
          enterkeyhint: 'done',
        },
      },
      onUpdate: ({ editor }) => {
        setFields(MeasureFields.parse(editor.state.doc.firstChild?.attrs ?? {}))
        setGone(false)
      },
    }),
    [extensions, label],
  )
  useKeys((act) => {
    if (act.kind !== 'measure' || !field) return false
    focusNow(field)
    return true
  })

  const share = (): void => {
    const text = field?.getText().trim() ?? ''
    if (!field || !log || text === '') return
    const { service, person } = fields
    const undo = newMeasure(log, goal, { service, person }, text)
    setGone(undo === undefined)
    if (!undo) return
    offerUndo(t('meeting.measure.added', { text: say(text) }), undo)
    field.commands.clearContent(true)
    focusNow(field)
  }
  latest.current = { members: detail.members, share }

  const person = detail.members.find((one) => one.person === fields.person)
  const who = fields.person === 'home' ? t('blocks.home') : person && shortName(person.name)
  return (
    <div className="wall-measure wall-new-measure">
      {fields.service ? (
        <Tile service={fields.service} size={44} named />
      ) : (
        <span className="wall-tile-missing" aria-hidden="true">
          ?
        </span>
      )}
      {field && <EditorContent editor={field} className="wall-measure-text" />}
      <span className="wall-measure-who">{who}</span>
      <span role="alert">{gone && <FieldError>{t('caseLog.compose.goalGone')}</FieldError>}</span>
    </div>
  )
})
