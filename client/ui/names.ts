/** «Maren Solheim» → «MS»; one word gives one letter. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = words[0]?.[0] ?? ''
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toLocaleUpperCase('nb')
}

/** The name somebody is called by. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name
