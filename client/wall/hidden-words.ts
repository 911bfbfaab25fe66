import { letters } from '../cases/short-names.ts'

/** What of a name can stand in a sentence, the longest first: «Jonas Bergset», «Jonas’», «Jonas». */
const forms = (name: string): string[] => {
  const first = name.trim().split(/\s+/)[0] ?? name
  return [...new Set([name.trim(), first])].filter((form) => form.length > 1)
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Finds the names in a text, as whole words and whatever the case. */
export function namePattern(names: readonly string[]): RegExp | undefined {
  const all = names.flatMap(forms).sort((a, b) => b.length - a.length)
  if (all.length === 0) return undefined
  return new RegExp(`(?<!\\p{L})(${all.map(escaped).join('|')})(?!\\p{L}{2})`, 'giu')
}

/** A text with the names in it drawn to letters, for a wall that others can see. */
export function hideNames(text: string, names: readonly string[]): string {
  const pattern = namePattern(names)
  return pattern ? text.replace(pattern, letters) : text
}
