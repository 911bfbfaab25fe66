import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import i18next from 'i18next'
import { t } from '../i18n/i18n.ts'
import { overtaken } from './goal-model.ts'

type Numbers = { doc: Node; language: string; byPos: ReadonlyMap<number, number>; drawn: DecorationSet }

const key = new PluginKey<Numbers>('goalNumbers')

/** A title is a heading; an empty one says what belongs in it. */
const titleAttributes = (title: Node): Record<string, string> => ({
  role: 'heading',
  'aria-level': '3',
  ...(title.content.size === 0 ? { class: 'is-empty', 'data-placeholder': t('blocks.goalTitleEmpty') } : {}),
})

function count(doc: Node): Numbers {
  const byPos = new Map<number, number>()
  const decorations: Decoration[] = []
  doc.descendants((node, pos) => {
    const end = pos + node.nodeSize
    const { name } = node.type
    if (name === 'goal') {
      byPos.set(pos, byPos.size + 1)
      decorations.push(Decoration.node(pos, end, {}, { goalNumber: byPos.size }))
      for (const offset of overtaken(node)) {
        const at = pos + 1 + offset
        const size = doc.nodeAt(at)?.nodeSize ?? 0
        decorations.push(Decoration.node(at, at + size, { class: 'is-overtaken' }))
      }
    }
    if (name === 'goalTitle') decorations.push(Decoration.node(pos, end, titleAttributes(node)))
    return !node.isTextblock
  })
  return { doc, language: i18next.language, byPos, drawn: DecorationSet.create(doc, decorations) }
}

/** The number of the goal that stands at a position: its order in the log, never stored. */
export const goalNumberAt = (state: EditorState, pos: number): number | undefined =>
  key.getState(state)?.byPos.get(pos)

/** The number that the decorations of a goal's view carry. */
export function goalNumberOf(decorations: readonly Decoration[]): number {
  for (const { spec } of decorations) {
    const number: unknown = spec['goalNumber']
    if (typeof number === 'number') return number
  }
  return 1
}

/** Numbers the goals in order, makes headings of their titles, and marks evaluations that later ones overtook. */
export const GoalNumbers = Extension.create({
  name: 'goalNumbers',
  addProseMirrorPlugins: () => [
    new Plugin({
      key,
      state: {
        init: (_config, { doc }) => count(doc),
        apply: (_tr, before, _old, { doc }) =>
          before.doc === doc && before.language === i18next.language ? before : count(doc),
      },
      props: { decorations: (state) => key.getState(state)?.drawn },
    }),
  ],
})
