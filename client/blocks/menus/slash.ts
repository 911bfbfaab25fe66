import { type Editor, Extension } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { Suggestion } from '@tiptap/suggestion'
import { insertBlock } from '../../../shared/blocks/edit.ts'
import { insertGoal } from '../../../shared/blocks/goal-commands.ts'
import { concern, decision, evaluation, measure } from '../../../shared/blocks/json.ts'
import { t } from '../../i18n/i18n.ts'
import { type Blocks, blocksOf } from '../context.ts'
import { run } from '../edit.ts'
import { newMeasureFields } from '../new-measure.ts'
import { type Option, showInListbox } from './listbox.ts'
import { fitting, whileWriting } from './while-writing.ts'

const names = [
  'goal',
  'measure',
  'evaluation',
  'concern',
  'decision',
  'heading',
  'subheading',
  'bulletList',
  'orderedList',
  'paragraph',
] as const
type Name = (typeof names)[number]

/** Both languages are understood, whatever the screen speaks. */
const words: Record<Name, readonly string[]> = {
  goal: ['mål', 'maal', 'goal'],
  measure: ['tiltak', 'measure', 'action'],
  evaluation: ['vurdering', 'evaluering', 'evaluation', 'rating'],
  concern: ['bekymring', 'undring', 'concern', 'worry'],
  decision: ['avtale', 'beslutning', 'decision', 'agreement'],
  heading: ['overskrift', 'heading', 'title', 'h2'],
  subheading: ['liten overskrift', 'mellomtittel', 'small heading', 'h3'],
  bulletList: ['liste', 'punkter', 'list', 'bullets'],
  orderedList: ['nummerert liste', 'tall', 'numbered list', 'ordered list'],
  paragraph: ['tekst', 'avsnitt', 'text', 'paragraph'],
}

const formsOfText: ReadonlySet<Name> = new Set([
  'heading',
  'subheading',
  'bulletList',
  'orderedList',
  'paragraph',
])

const insert: Record<Name, (editor: Editor, blocks: Blocks) => boolean> = {
  goal: (editor, { me }) => run(editor, insertGoal({ services: [me.service] })),
  measure: (editor, blocks) => run(editor, insertBlock(measure(newMeasureFields(blocks)))),
  evaluation: (editor, { me }) => {
    const signed = { service: me.service, by: me.id, at: new Date().toISOString() }
    return run(editor, insertBlock(evaluation(signed)))
  },
  concern: (editor, { me }) => run(editor, insertBlock(concern({ service: me.service }))),
  decision: (editor, { me }) =>
    run(editor, insertBlock(decision({ by: me.id, at: new Date().toISOString() }))),
  heading: (editor) => editor.commands.setNode('heading', { level: 2 }),
  subheading: (editor) => editor.commands.setNode('heading', { level: 3 }),
  bulletList: (editor) => editor.commands.toggleList('bulletList', 'listItem'),
  orderedList: (editor) => editor.commands.toggleList('orderedList', 'listItem'),
  paragraph: (editor) => editor.commands.setNode('paragraph'),
}

type Entry = Option & { readonly block: Name }

/** What can be put in where the caret stands: a goal's title cannot become a list. */
function entries(editor: Editor, query: string): Entry[] {
  const line = editor.state.selection.$from.parent.type.name
  const plain = line === 'paragraph' || line === 'heading'
  const offered = names.filter((name) => plain || !formsOfText.has(name))
  return fitting(query, offered, (name) => words[name]).map((name) => ({
    id: name,
    block: name,
    name: t(`blocks.insert.${name}.name`),
    about: t(`blocks.insert.${name}.about`),
  }))
}

const key = new PluginKey<{ active: boolean }>('slashMenu')

/** `/` opens the menu of blocks. */
export const SlashMenu = Extension.create({
  name: 'slashMenu',
  // Ahead of the blocks' own Enter.
  priority: 1000,
  addProseMirrorPlugins() {
    return [
      Suggestion<Entry, Entry>({
        pluginKey: key,
        editor: this.editor,
        char: '/',
        items: ({ editor, query }) => entries(editor, query),
        shouldShow: whileWriting(key),
        render: showInListbox(key, () => t('blocks.menu')),
        command: ({ editor, range, props }) => {
          editor.commands.deleteRange(range)
          insert[props.block](editor, blocksOf(editor))
          editor.view.focus()
        },
      }),
    ]
  },
})
