import { declarations } from './inline.ts'

export type WordListLevel = { readonly level: number; readonly ordered: boolean }

/** Word writes list items as paragraphs: `mso-list: l0 level2 lfo1`, with the bullet as text to ignore. */
export function wordListLevel(element: HTMLElement): WordListLevel | undefined {
  const level = /\blevel(\d)\b/.exec(declarations(element).get('mso-list') ?? '')?.[1]
  if (!level) return undefined
  const bullet = [...element.querySelectorAll('span')].find((span) =>
    /^ignore$/i.test(declarations(span).get('mso-list') ?? ''),
  )
  const sign = (bullet?.textContent ?? '').replace(/\u00a0/g, ' ').trim()
  return { level: Number(level), ordered: /^\(?([0-9]+|[a-zæøå]|[ivxlc]+)[.)]/i.test(sign) }
}

/** Turns runs of marked lines into real lists, one inside another by their levels. */
export function nestWordLists(root: HTMLElement): void {
  const open: { level: number; list: HTMLElement }[] = []
  for (const line of [...root.querySelectorAll('p, h2, h3, ul, ol')]) {
    if (!(line instanceof HTMLElement)) continue
    const level = Number(line.dataset['level'] ?? 0)
    if (level === 0) {
      open.length = 0
      continue
    }
    while ((open.at(-1)?.level ?? 0) > level) open.pop()
    const tag = line.dataset['list'] === 'ol' ? 'ol' : 'ul'
    const last = open.at(-1)
    let list = last?.level === level && last.list.tagName.toLowerCase() === tag ? last.list : undefined
    if (!list) {
      if (last?.level === level) open.pop()
      list = document.createElement(tag)
      const outer = open.at(-1)?.list.lastElementChild
      if (outer) outer.append(list)
      else line.before(list)
      open.push({ level, list })
    }
    const item = document.createElement('li')
    list.append(item)
    delete line.dataset['level']
    delete line.dataset['list']
    item.append(line)
  }
}
