import type { Editor } from '@tiptap/core'
import { BlockId } from '../../shared/ids.ts'
import type { GetPos } from './edit.ts'

/** What of a log may stand on an agenda by itself. */
const kinds = ['goal', 'measure', 'concern'] as const
const MOST_TITLE = 200

export type BlockForAgenda = { kind: (typeof kinds)[number]; block: BlockId; title: string }

/** The block at a place as an agenda names it; undefined for one that is not spoken of, or has no words or id yet. */
export function forAgenda(editor: Editor, getPos: GetPos): BlockForAgenda | undefined {
  const at = getPos()
  const node = at === undefined ? null : editor.state.doc.nodeAt(at)
  const kind = kinds.find((one) => one === node?.type.name)
  const id = BlockId.safeParse(node?.attrs['id'])
  const words = (kind === 'goal' ? node?.firstChild : node)?.textContent.replace(/\s+/g, ' ').trim() ?? ''
  if (!kind || !id.success || words === '') return undefined
  return { kind, block: id.data, title: words.slice(0, MOST_TITLE) }
}
