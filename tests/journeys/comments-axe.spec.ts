import AxeBuilder from '@axe-core/playwright'
import { comment, openList, phone, thread } from './commenting.ts'
import { expect, type Someone, test } from './log-people.ts'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
async function expectAccessible({ page }: Someone, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
  expect.soft(found, where).toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const) {
  const looks = { colorScheme, reducedMotion: 'reduce' as const }
  test(`margin, list, sheet and dialogs are accessible, ${colorScheme}`, async ({ enter }) => {
    const maren = await enter('maren', looks)
    const { page } = maren
    await comment(page, 'Hjemme sover han', 'Hvor lenge?')
    await expect(thread(page, 'Hvor lenge?')).toBeVisible()
    await expectAccessible(maren, 'an open thread')
    await page.getByRole('button', { name: 'La tråden bli til noe' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await expectAccessible(maren, 'what it may become')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Mer om kommentaren' }).click()
    await page.getByRole('menuitem', { name: 'Slett' }).click()
    await expect(page.getByRole('dialog', { name: 'Slette kommentaren?' })).toBeVisible()
    await expectAccessible(maren, 'asked before deleting')
    await page.getByRole('button', { name: 'Avbryt' }).click()
    await openList(page)
    await expectAccessible(maren, 'margin and list')

    const camilla = await enter('camilla', { ...looks, ...phone })
    await expectAccessible(camilla, 'bubbles')
    await camilla.page
      .getByRole('button', { name: /1 kommentar om/ })
      .first()
      .click()
    await expect(camilla.page.getByRole('dialog', { name: 'Kommentarer' })).toBeVisible()
    await expectAccessible(camilla, 'sheet')
    await camilla.page.getByRole('button', { name: 'Lukk tråden' }).click()
    await openList(camilla.page)
    await expectAccessible(camilla, 'list on a phone')
  })
}
