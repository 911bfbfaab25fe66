/** What a piece of text carries into the log. */
export type Marks = { readonly bold?: boolean; readonly italic?: boolean; readonly href?: string }

const dropped = new Set(
  `SCRIPT STYLE META LINK TITLE BASE HEAD NOSCRIPT TEMPLATE IMG PICTURE SOURCE SVG MATH CANVAS VIDEO AUDIO TRACK OBJECT
   EMBED IFRAME FRAME FRAMESET MAP AREA BUTTON INPUT SELECT TEXTAREA DATALIST PROGRESS METER DIALOG DEL XML`.split(
    /\s+/,
  ),
)

const droppedClasses =
  /\b(MsoCommentReference|msocomoff|msocomtxt|msocomanchor|mw-editsection|mw-empty-elt|reference)\b/

/** The declarations of a style attribute as written; browsers throw away the ones Word invented. */
export function declarations(element: HTMLElement): ReadonlyMap<string, string> {
  const pairs = (element.getAttribute('style') ?? '').split(';').map((declaration) => {
    const colon = declaration.indexOf(':')
    return [declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim()] as const
  })
  return new Map(pairs.filter(([name]) => name !== ''))
}

/** Whether an element and all its text stay behind: scripts, pictures, comments, and text that nobody saw. */
export function isDropped(element: HTMLElement): boolean {
  if (dropped.has(element.tagName) || element.hidden) return true
  // «reference» is an encyclopedia's footnote mark; any other element may be called so.
  const junk = droppedClasses.exec(element.className)
  if (junk && (junk[0] !== 'reference' || element.tagName === 'SUP')) return true
  const style = declarations(element)
  return (
    style.get('display') === 'none' ||
    style.get('visibility') === 'hidden' ||
    style.get('mso-hide') === 'all' ||
    style.get('mso-list')?.toLowerCase() === 'ignore' ||
    /^(comment|comment-list)$/.test(style.get('mso-element') ?? '') ||
    style.get('mso-special-character') === 'comment' ||
    /^0(px|pt|em)?$/.test(style.get('font-size') ?? '') ||
    style.get('opacity') === '0'
  )
}

const safeProtocols = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** The address when it may stand in a log, else undefined. Relative addresses lose their page, so they go too. */
export function safeHref(href: string | null): string | undefined {
  if (!href || !URL.canParse(href)) return undefined
  const url = new URL(href)
  return safeProtocols.has(url.protocol) ? url.href : undefined
}

const isBold = (weight: string): boolean => weight === 'bold' || weight === 'bolder' || Number(weight) >= 600

/** The marks inside an inline element, given those outside it. */
export function marksOf(element: HTMLElement, outer: Marks): Marks {
  const style = declarations(element)
  const weight = style.get('font-weight')
  const slant = style.get('font-style')
  const bold = weight ? isBold(weight) : element.matches('b, strong') || outer.bold === true
  const italic = slant ? slant !== 'normal' : element.matches('i, em, cite, dfn') || outer.italic === true
  const href = element.matches('a') ? safeHref(element.getAttribute('href')) : outer.href
  return { bold, italic, ...(href ? { href } : {}) }
}
