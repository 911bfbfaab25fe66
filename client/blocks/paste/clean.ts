import { isDropped, type Marks, marksOf } from './inline.ts'
import { nestWordLists, wordListLevel } from './lists.ts'
import { Sheet } from './sheet.ts'

const headings: Readonly<Record<string, 'h2' | 'h3'>> = {
  H1: 'h2',
  H2: 'h2',
  H3: 'h3',
  H4: 'h3',
  H5: 'h3',
  H6: 'h3',
}

const blocks = new Set(
  `P DIV PRE DT DD FIGCAPTION ADDRESS CAPTION SUMMARY ARTICLE ASIDE BLOCKQUOTE BODY CENTER DETAILS DL FIELDSET FIGURE
   FOOTER FORM HEADER HGROUP HR LI MAIN NAV OL SECTION TABLE TBODY THEAD TFOOT TR TD TH UL`.split(/\s+/),
)

const isBlock = (node: Node): boolean =>
  node instanceof HTMLElement && (blocks.has(node.tagName) || node.tagName in headings)

const holdsBlocks = (element: HTMLElement): boolean =>
  [...element.children].some(
    (child) => isBlock(child) || (child instanceof HTMLElement && holdsBlocks(child)),
  )

function walk(node: Node, marks: Marks, sheet: Sheet): void {
  if (node.nodeType === Node.TEXT_NODE) {
    sheet.write(node.textContent ?? '', marks)
  } else if (node instanceof HTMLElement && !isDropped(node)) {
    walkElement(node, marks, sheet)
  }
}

function walkElement(element: HTMLElement, outer: Marks, sheet: Sheet): void {
  const inside = (marks: Marks = outer) => {
    for (const child of element.childNodes) walk(child, marks, sheet)
  }
  const heading = headings[element.tagName] ?? (/\bMsoTitle\b/.test(element.className) ? 'h2' : undefined)
  if (heading) {
    sheet.startLine(heading)
    inside()
    sheet.endLine()
    return
  }
  switch (element.tagName) {
    case 'BR':
      sheet.breakLine()
      return
    case 'UL':
    case 'OL':
      sheet.list(element.tagName === 'UL' ? 'ul' : 'ol', () => inside())
      return
    case 'LI':
      sheet.item(() => inside())
      return
    case 'TR':
      walkRow(element, outer, sheet)
      return
  }
  if (!blocks.has(element.tagName)) {
    inside(marksOf(element, outer))
    return
  }
  sheet.endLine()
  const level = wordListLevel(element)
  sheet.markNextLine(level)
  inside()
  sheet.endLine()
}

/** A row of short cells reads as one line; cells that hold paragraphs (letters laid out in tables) keep them. */
function walkRow(row: HTMLElement, marks: Marks, sheet: Sheet): void {
  const cells = [...row.children].filter((cell) => cell instanceof HTMLElement && !isDropped(cell))
  const short = cells.every(
    (cell) => cell instanceof HTMLElement && (!holdsBlocks(cell) || cell.children.length === 1),
  )
  sheet.endLine()
  for (const cell of cells) {
    if (short && cell.textContent.trim() !== '') sheet.separate(' · ')
    const only = cell.children.length === 1 ? cell.children[0] : undefined
    const source = short && only && isBlock(only) ? only : cell
    for (const child of source.childNodes) walk(child, marks, sheet)
    if (!short) sheet.endLine()
  }
  sheet.endLine()
}

/**
 * Clipboard HTML from Word, Google Docs or a web page → paragraphs, headings, lists, bold, italic and safe links.
 * The result is built from nothing, so that whatever is not named here cannot come along.
 */
export function cleanHtml(html: string): string {
  // A parsed document is inert: no script runs and no picture loads.
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const sheet = new Sheet()
  for (const child of body.childNodes) walk(child, {}, sheet)
  sheet.endLine()
  nestWordLists(sheet.root)
  return sheet.root.innerHTML
}
