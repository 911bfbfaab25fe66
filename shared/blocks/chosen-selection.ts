import { Extension } from '@tiptap/core'
import { AllSelection, Plugin, PluginKey, Selection } from '@tiptap/pm/state'
import { comesFromDocument } from './local-edits.ts'

const key = new PluginKey<boolean>('chosenSelection')

/**
 * Everything is selected only where somebody chose it. A log that is empty for a moment, because it has not
 * arrived yet or because colleagues emptied it, has no place for a caret, so ProseMirror selects all of it, and
 * keeps all of it selected once it is full: the next key press would replace the whole log, for everybody [BL1].
 */
export const ChosenSelection = Extension.create({
  name: 'chosenSelection',
  addProseMirrorPlugins: () => [
    new Plugin<boolean>({
      key,
      state: {
        init: () => false,
        apply(tr, chosen) {
          if (!tr.selectionSet || comesFromDocument(tr)) return chosen
          return tr.selection instanceof AllSelection && tr.doc.childCount > 0
        },
      },
      appendTransaction(_transactions, _before, state) {
        if (key.getState(state) || !(state.selection instanceof AllSelection)) return null
        const start = Selection.atStart(state.doc)
        return start instanceof AllSelection
          ? null
          : state.tr.setSelection(start).setMeta('addToHistory', false)
      },
    }),
  ],
})
