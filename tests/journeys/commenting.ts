import type { Locator, Page } from '@playwright/test'
import type { Editor } from '@tiptap/core'
import { z } from 'zod'
import { Thread } from '../../shared/comments.ts'
import { expect, type Someone, text } from './log-people.ts'

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** Selects words in the text, as a mouse or a finger would. */
export async function select(page: Page, words: string): Promise<void> {
  // The editor hears of it a moment after the browser; until then, it may put back what it knows.
  await expect(async () => {
    await mark(page, words)
    await expect.poll(() => selected(page), { timeout: 1000 }).toBe(words)
  }).toPass()
}

/** What the editor knows to be selected, or the browser where text is only read. */
const selected = (page: Page): Promise<string> =>
  text(page).evaluate((log) => {
    if (!(log instanceof HTMLElement && log.isContentEditable)) return getSelection()?.toString() ?? ''
    const { state }: Pick<Editor, 'state'> = Reflect.get(log, 'editor')
    return state.doc.textBetween(state.selection.from, state.selection.to)
  })

async function mark(page: Page, words: string): Promise<void> {
  const found = await text(page).evaluate((log, sought) => {
    const nodes: { node: Node; from: number }[] = []
    let words = ''
    const walker = document.createTreeWalker(log, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // Others' carets stand in the middle of words.
      if (node.parentElement?.closest('.ProseMirror-widget')) continue
      nodes.push({ node, from: words.length })
      words += node.textContent
    }
    const at = words.indexOf(sought)
    const end = at + sought.length
    const first = nodes.findLast(({ from }) => from <= at)
    const last = nodes.findLast(({ from }) => from < end)
    if (at < 0 || !first || !last) return false
    if (log instanceof HTMLElement && log.isContentEditable) log.focus()
    getSelection()?.setBaseAndExtent(first.node, at - first.from, last.node, end - last.from)
    return true
  }, words)
  expect(found, `«${words}» stands in the log`).toBe(true)
}

/** The button at what is selected. */
export const toolbarButton = (page: Page): Locator =>
  page.getByRole('button', { name: 'Kommenter det du har merket' })

/** Selects words, presses the button at them, writes and sends. */
export async function comment(page: Page, words: string, said: string): Promise<void> {
  await select(page, words)
  await toolbarButton(page).click()
  await page.keyboard.type(said)
  await page.keyboard.press('Enter')
}

/** The card of a thread, by some of its words. */
export const thread = (page: Page, said: string): Locator =>
  page.getByRole('article', { name: /^Tråd av/ }).filter({ hasText: said })
/** What is underlined in the text for the thread that begins with these words. */
export async function marked({ page, context }: Someone, said: string): Promise<string> {
  const answer = await context.request.get('/api/cases/logg-a/threads')
  const { threads } = z.object({ threads: Thread.array() }).parse(await answer.json())
  const id = threads.find(({ comments }) => comments[0]?.text.startsWith(said))?.id
  return wordsOf(text(page).locator(`.commented[data-shown][data-thread="${id}"]`))
}

/** The words in some elements of the text, without what is drawn between them: others' carets, and what is gone. */
export const wordsOf = (elements: Locator): Promise<string> =>
  elements.evaluateAll((all) =>
    all
      .map((one) => {
        const copy = document.createElement('span')
        copy.append(one.cloneNode(true))
        for (const drawn of copy.querySelectorAll('.ProseMirror-widget')) drawn.remove()
        return copy.textContent
      })
      .join(''),
  )

/** Opens the list of all threads. */
export const openList = async (page: Page): Promise<Locator> => {
  await page.getByRole('button', { name: /^Kommentarer, / }).click()
  return page.locator('.thread-list')
}

/** Whether the editor's caret stands in the last line of the log. */
export const isAtEnd = (page: Page): Promise<boolean> =>
  text(page).evaluate((dom) => {
    const editor: { state: { doc: { content: { size: number } }; selection: { head: number } } } =
      Reflect.get(dom, 'editor')
    const { doc, selection } = editor.state
    return doc.content.size - selection.head < 6
  })
