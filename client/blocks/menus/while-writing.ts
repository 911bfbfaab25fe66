import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { PluginKey } from '@tiptap/pm/state'
import type { SuggestionOptions } from '@tiptap/suggestion'

/**
 * A menu opens when its own writer types the sign, never because a colleague did; what colleagues write meanwhile,
 * and transactions that only tidy up after a key press, leave it open.
 */
export function whileWriting(
  key: PluginKey<{ active: boolean }>,
): NonNullable<SuggestionOptions['shouldShow']> {
  let typed: string | undefined
  return ({ editor, transaction, text }) => {
    const types = transaction.docChanged && !isChangeOrigin(transaction)
    if (types) typed = text
    const follows = text === typed && transaction.getMeta('appendedTransaction') !== undefined
    return types || follows || key.getState(editor.state)?.active === true
  }
}

/** How well a query fits one of several words: at its beginning, anywhere, or not at all. */
export function rankOf(query: string, words: readonly string[]): number {
  const sought = query.toLocaleLowerCase('nb')
  const lower = words.map((word) => word.toLocaleLowerCase('nb'))
  if (lower.some((word) => word.startsWith(sought))) return 2
  return lower.some((word) => word.includes(sought)) ? 1 : 0
}

/** Those that fit, best first; equals keep their order. */
export const fitting = <T>(query: string, all: readonly T[], words: (one: T) => readonly string[]): T[] =>
  all
    .map((one) => ({ one, rank: rankOf(query, words(one)) }))
    .filter(({ rank }) => rank > 0)
    .sort((left, right) => right.rank - left.rank)
    .map(({ one }) => one)
