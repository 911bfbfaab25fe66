import { type Editor, Extension, type Range } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { Suggestion } from '@tiptap/suggestion'
import type { MeasureFields } from '../../../shared/blocks/measure.ts'
import type { PersonId, ServiceId } from '../../../shared/ids.ts'
import { t } from '../../i18n/i18n.ts'
import { announce } from '../../ui/announce.ts'
import { blocksOf, serviceOf } from '../context.ts'
import { setFieldsAt } from '../edit.ts'
import { type Option, showInListbox } from './listbox.ts'
import { fitting, whileWriting } from './while-writing.ts'

type Mentioned = { kind: 'person'; ref: PersonId } | { kind: 'service'; ref: ServiceId } | { kind: 'home' }
type Entry = Option & {
  readonly mentioned: Mentioned
  readonly in: ServiceId
  readonly words: readonly string[]
}

const inMeasure = (editor: Editor): boolean => editor.state.selection.$from.parent.type.name === 'measure'

/** People in the log, then services; the home too where somebody is to be responsible. */
function entries(editor: Editor, query: string): Entry[] {
  const blocks = blocksOf(editor)
  const family = blocks.services.find(({ kind }) => kind === 'family')
  const people = blocks.members.map((member): Entry => {
    const service = serviceOf(blocks, member.service)
    return {
      id: `person-${member.person}`,
      name: member.name,
      about: service?.shortName ?? '',
      service,
      mentioned: { kind: 'person', ref: member.person },
      in: member.service,
      words: [member.name, ...member.name.split(/\s+/)],
    }
  })
  const services = blocks.services.map(
    (service): Entry => ({
      id: `service-${service.id}`,
      name: service.shortName,
      about: service.name === service.shortName ? t('blocks.service') : service.name,
      service,
      mentioned: { kind: 'service', ref: service.id },
      in: service.id,
      words: [service.shortName, service.name, ...service.name.split(/\s+/)],
    }),
  )
  const home: Entry[] = family
    ? [
        {
          id: 'home',
          name: t('blocks.home'),
          about: family.shortName,
          service: family,
          mentioned: { kind: 'home' },
          in: family.id,
          words: ['hjemme', 'home'],
        },
      ]
    : []
  return fitting(query, [...people, ...(inMeasure(editor) ? home : []), ...services], ({ words }) => words)
}

/** In a measure the mention answers «who?»: the query goes away and the fields are set. */
function assign(editor: Editor, range: Range, { mentioned, in: service, name }: Entry): void {
  const before = editor.state.doc.textBetween(Math.max(0, range.from - 1), range.from)
  const from = before === ' ' ? range.from - 1 : range.from
  const changed: Partial<MeasureFields> =
    mentioned.kind === 'service'
      ? { service: mentioned.ref }
      : { service, person: mentioned.kind === 'home' ? 'home' : mentioned.ref }
  const pos = editor.state.selection.$from.before()
  editor.commands.deleteRange({ from, to: range.to })
  setFieldsAt(editor, () => pos, changed)
  announce(
    mentioned.kind === 'service'
      ? t('blocks.serviceIs', { service: name })
      : t('blocks.whoIs', { who: name }),
  )
}

function choose(editor: Editor, range: Range, entry: Entry): void {
  const { mentioned, name } = entry
  if (inMeasure(editor) || mentioned.kind === 'home') {
    assign(editor, range, entry)
    return
  }
  const mention = { type: 'mention', attrs: { kind: mentioned.kind, ref: mentioned.ref, label: name } }
  editor.commands.insertContentAt(range, [mention, { type: 'text', text: ' ' }])
}

const key = new PluginKey<{ active: boolean }>('mentionMenu')

/** `@` picks a person or a service. */
export const MentionMenu = Extension.create({
  name: 'mentionMenu',
  priority: 1000,
  addProseMirrorPlugins() {
    return [
      Suggestion<Entry, Entry>({
        pluginKey: key,
        editor: this.editor,
        char: '@',
        items: ({ editor, query }) => entries(editor, query),
        shouldShow: whileWriting(key),
        render: showInListbox(key, () => t('blocks.peopleMenu')),
        command: ({ editor, range, props }) => {
          choose(editor, range, props)
          editor.view.focus()
        },
      }),
    ]
  },
})
