import { expectAccessible } from './accessible.ts'
import { expect, test } from './log-people.ts'
import { callMeeting, composer, goTo, onGoal, phone, title } from './meeting-people.ts'

for (const colorScheme of ['light', 'dark'] as const)
  test(`the wall and its dialogs, ${colorScheme}, for everybody`, async ({ stage, enter }) => {
    const looks = { colorScheme, reducedMotion: 'reduce' } as const
    const { page, context } = await enter('maren', looks)
    const id = await callMeeting(stage, { page, context })
    await page.goto(`/mote/${id}`)
    const start = page.getByRole('button', { name: 'Start møtet' })
    await expect(start).toBeVisible()
    await expectAccessible(page, 'lobby')
    await start.click()
    await expect(title(page)).toHaveText('Siden sist')
    await expect(composer(page)).toBeVisible()
    await expectAccessible(page, 'since last time')
    await page.keyboard.press('ArrowRight')
    await onGoal(page)
    await page.keyboard.press('2')
    await expect(page.locator('.wall-undo')).toBeVisible()
    await expectAccessible(page, 'a goal, just rated')
    await page.getByRole('button', { name: /^Hvem er her/ }).click()
    await expectAccessible(page, 'attendance')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Valg for denne skjermen' }).click()
    await expectAccessible(page, 'the menu')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Endre det du skrev|Legg til hvordan du ser det/ }).click()
    await page.getByRole('textbox', { name: 'Hvordan ser du det?' }).fill('Det er bare før gym.')
    await page.locator('.disagreement-form').getByRole('button', { name: 'Del' }).click()
    await expect(page.getByRole('region', { name: 'Vi ser dette ulikt' })).toContainText(
      'Det er bare før gym.',
    )
    await page.getByRole('button', { name: 'Avslutt med en beslutning' }).click()
    await expectAccessible(page, 'closing a disagreement')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Avslutt', exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'Avslutt møtet' })).toBeVisible()
    await expectAccessible(page, 'ending')

    const mother = await goTo(enter, id, 'camilla', { ...phone, ...looks })
    await onGoal(mother.page)
    await expectAccessible(mother.page, 'on a phone')
    const spare = await mother.page.evaluate(
      () => document.documentElement.clientWidth - document.documentElement.scrollWidth,
    )
    expect(spare).toBe(0)
  })
