import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { comesFromDocument } from './local-edits.ts'

/**
 * Keeps Tiptap from tidying up after colleagues. Its keymap turns blocks into plain paragraphs when everything
 * was selected and the log becomes empty, also when somebody else emptied it: each open client would then write.
 */
export const RemoteEdits = Extension.create({
  name: 'remoteEdits',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('remoteEdits'),
      filterTransaction(tr) {
        // The only hook that sees a transaction before the plugins that react to it.
        if (comesFromDocument(tr)) tr.setMeta('preventClearDocument', true).setMeta('preventAutolink', true)
        return true
      },
    }),
  ],
})
