import type { JSONContent } from '@tiptap/core'
import type { Mentioned } from '../../shared/comments.ts'

/** A piece of a comment: plain text, or the name of somebody that it speaks to. */
export type Piece = { readonly text: string; readonly mention: Mentioned | undefined }

/** A comment's text, cut where it names somebody. The longest name counts: «@Kari» is not in «@Kari Nordmann». */
export function piecesOf(text: string, mentions: readonly Mentioned[]): Piece[] {
  const longest = mentions.toSorted((a, b) => b.label.length - a.label.length)
  const pieces: Piece[] = []
  let plain = ''
  const endPlain = (): void => {
    if (plain) pieces.push({ text: plain, mention: undefined })
    plain = ''
  }
  for (let at = 0; at < text.length; ) {
    const mention = longest.find(({ label }) => text.startsWith(`@${label}`, at))
    if (!mention) {
      plain += text.charAt(at)
      at += 1
      continue
    }
    endPlain()
    pieces.push({ text: `@${mention.label}`, mention })
    at += mention.label.length + 1
  }
  endPlain()
  return pieces
}

/** A comment as the field holds it, for changing it. */
export const contentOf = (text: string, mentions: readonly Mentioned[]): JSONContent => ({
  type: 'doc',
  content: text.split('\n').map((line) => ({
    type: 'paragraph',
    content: piecesOf(line, mentions).map(({ text: words, mention }) =>
      mention ? { type: 'mention', attrs: { ...mention } } : { type: 'text', text: words },
    ),
  })),
})
