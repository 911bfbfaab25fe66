import type { Marks } from './inline.ts'
import type { WordListLevel } from './lists.ts'

type Line = 'p' | 'h2' | 'h3'

/** An empty sheet that only takes what a log knows: lines, lists, line breaks and marked text. */
export class Sheet {
  readonly root = document.createElement('div')
  private place: HTMLElement = this.root
  private line: HTMLElement | undefined
  private nextLine: WordListLevel | undefined

  startLine(tag: Line): HTMLElement {
    this.endLine()
    const line = document.createElement(tag)
    if (this.nextLine) {
      line.dataset['level'] = String(this.nextLine.level)
      line.dataset['list'] = this.nextLine.ordered ? 'ol' : 'ul'
      this.nextLine = undefined
    }
    this.place.append(line)
    this.line = line
    return line
  }

  endLine(): void {
    const line = this.line
    this.line = undefined
    if (!line) return
    while (line.lastChild?.nodeName === 'BR') line.lastChild.remove()
    if (line.lastChild instanceof Text) line.lastChild.data = line.lastChild.data.trimEnd()
    if (line.textContent.trim() === '') line.remove()
  }

  /** Word says «I am in a list» on the paragraph itself; remembered until its first text. */
  markNextLine(level: WordListLevel | undefined): void {
    this.nextLine = level
  }

  breakLine(): void {
    if (this.line?.hasChildNodes()) this.line.append(document.createElement('br'))
  }

  /** A sign between two pieces on one line; nothing at its beginning. */
  separate(sign: string): void {
    if (this.line?.hasChildNodes()) this.line.append(sign)
  }

  write(raw: string, marks: Marks): void {
    const text = raw.replace(/[\s\u00a0]+/g, ' ')
    const last = this.line?.lastChild
    const atStart = !last || last.nodeName === 'BR' || (last.textContent ?? '').endsWith(' ')
    const kept = atStart ? text.replace(/^ /, '') : text
    if (kept === '') return
    const line = this.line ?? this.startLine('p')
    line.append(marked(kept, marks))
  }

  list(tag: 'ul' | 'ol', inside: () => void): void {
    this.endLine()
    // A list straight inside a list (Google Docs) belongs to the item before it.
    const item = this.place.lastElementChild
    const nested =
      /^[uo]l$/i.test(this.place.tagName) && item?.tagName === 'LI' && item instanceof HTMLElement
    this.inside(nested ? item : this.place, () => this.open(tag, inside))
  }

  item(inside: () => void): void {
    this.endLine()
    if (/^[uo]l$/i.test(this.place.tagName)) this.open('li', inside)
    else this.open('ul', () => this.open('li', inside))
  }

  private open(tag: 'ul' | 'ol' | 'li', inside: () => void): void {
    const element = document.createElement(tag)
    this.place.append(element)
    this.inside(element, inside)
    if (!element.hasChildNodes()) element.remove()
  }

  private inside(place: HTMLElement, work: () => void): void {
    const outer = this.place
    this.place = place
    work()
    this.endLine()
    this.place = outer
  }
}

function marked(text: string, marks: Marks): Node {
  let node: Node = document.createTextNode(text)
  const wrap = (tag: 'em' | 'strong' | 'a'): HTMLElement => {
    const element = document.createElement(tag)
    element.append(node)
    node = element
    return element
  }
  if (marks.italic) wrap('em')
  if (marks.bold) wrap('strong')
  if (marks.href) wrap('a').setAttribute('href', marks.href)
  return node
}
