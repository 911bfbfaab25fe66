import { expectAccessible } from './accessible.ts'
import { comment, openList, phone, thread } from './commenting.ts'
import { expect, test } from './log-people.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  const looks = { colorScheme, reducedMotion: 'reduce' as const }
  test(`margin, list, sheet and dialogs are accessible, ${colorScheme}`, async ({ enter }) => {
    const maren = await enter('maren', looks)
    const { page } = maren
    await comment(page, 'Hjemme sover han', 'Hvor lenge?')
    await expect(thread(page, 'Hvor lenge?')).toBeVisible()
    await expectAccessible(maren.page, 'an open thread')
    await page.getByRole('button', { name: 'La tråden bli til noe' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await expectAccessible(maren.page, 'what it may become')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Mer om kommentaren' }).click()
    await page.getByRole('menuitem', { name: 'Slett' }).click()
    await expect(page.getByRole('dialog', { name: 'Slette kommentaren?' })).toBeVisible()
    await expectAccessible(maren.page, 'asked before deleting')
    await page.getByRole('button', { name: 'Avbryt' }).click()
    await openList(page)
    await expectAccessible(maren.page, 'margin and list')

    const camilla = await enter('camilla', { ...looks, ...phone })
    await expectAccessible(camilla.page, 'bubbles')
    await camilla.page
      .getByRole('button', { name: /1 kommentar om/ })
      .first()
      .click()
    await expect(camilla.page.getByRole('dialog', { name: 'Kommentarer' })).toBeVisible()
    await expectAccessible(camilla.page, 'sheet')
    await camilla.page.getByRole('button', { name: 'Lukk tråden' }).click()
    await openList(camilla.page)
    await expectAccessible(camilla.page, 'list on a phone')
  })
}
