import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { expect, expectSaved, test, text } from './log-people.ts'

const measures = (page: Page) => page.locator('.log-place .node-measure')
const sessions = (page: Page) => page.locator('.session-button')

test('two people work; the history tells it in sentences, shows what came and went, brings a measure back and undoes it', async ({
  enter,
}) => {
  const { page: silje } = await enter('silje')
  const { page: maren } = await enter('maren', { reducedMotion: 'reduce' })
  const samtale = measures(silje).filter({ hasText: 'ukentlig samtale' })
  await samtale.getByRole('button', { name: /Status/ }).click()
  await silje.getByRole('menuitemradio', { name: 'Ferdig' }).click()
  await text(silje).locator('> p').filter({ hasText: 'garderoben' }).first().click()
  await silje.keyboard.press('End')
  await silje.keyboard.type(' Han smilte.')
  await expectSaved(silje)

  // Maren takes the measure away, and half of what Silje wrote.
  await expect(text(maren)).toContainText('Han smilte.')
  await measures(maren).filter({ hasText: 'ukentlig samtale' }).locator('.measure-text').click()
  await maren.keyboard.press('Home')
  await maren.keyboard.press('Shift+End')
  // The editor hears of a selection a moment after the browser has made it.
  await expect.poll(() => maren.evaluate(() => String(getSelection()))).toBe('ukentlig samtale')
  await maren.keyboard.press('Backspace')
  await maren.keyboard.press('Backspace')
  await expect(measures(maren).filter({ hasText: 'ukentlig samtale' })).toHaveCount(0)
  await expectSaved(maren)

  await maren.getByRole('button', { name: 'Historikk' }).click()
  await expect(sessions(maren).nth(1)).toContainText('Silje Nordhagen')
  await expect(sessions(maren).nth(1)).toContainText('satte ukentlig samtale til ferdig')
  await expect(sessions(maren).nth(1)).toContainText('skrev en linje i loggen')
  await expect(sessions(maren).first()).toContainText('slettet tiltaket ukentlig samtale')
  await sessions(maren).nth(1).click()
  const moment = maren.locator('.moment')
  await expect(moment.locator('ins.came')).toHaveText(/Han smilte/)
  await expect(moment.locator('.node-measure').filter({ hasText: 'ukentlig samtale' })).toContainText(
    /I gang\s*Ferdig/,
  )
  await expectAccessible(maren, 'a moment beside the list')

  // What went is struck, and comes back with one press and a yes.
  await sessions(maren).first().click()
  const gone = moment.locator('.node-measure[data-state="deleted"]')
  await expect(gone.locator('del')).toHaveText('ukentlig samtale')
  await gone.getByRole('button', { name: 'Hent tilbake tiltaket' }).click()
  await expect(maren.getByRole('dialog')).toContainText('Hente tilbake tiltaket?')
  await expectAccessible(maren, 'asked before bringing back')
  await maren.getByRole('button', { name: 'Hent tilbake', exact: true }).click()
  await expect(maren.getByText('Hentet tilbake.')).toBeVisible()
  await expect(samtale).toContainText('Ferdig')
  await expect(sessions(maren).first()).toContainText('hentet tilbake tiltaket ukentlig samtale')
  await maren.getByRole('button', { name: 'Angre' }).click()
  await expect(samtale).toHaveCount(0)
  await expect(sessions(maren).first()).toContainText('angret noe som var hentet tilbake')
  await gone.getByRole('button', { name: 'Hent tilbake tiltaket' }).click()
  await maren.getByRole('button', { name: 'Hent tilbake', exact: true }).click()
  await expect(samtale).toBeVisible()

  // A name for the moment; then back to the log, where the measure's words are still Silje's.
  await maren.getByRole('button', { name: 'Gi navn' }).click()
  await maren.getByRole('textbox', { name: 'Navn' }).fill('Før møtet')
  await expectAccessible(maren, 'a name for the moment')
  await maren.getByRole('button', { name: 'Lagre' }).click()
  await expect(maren.locator('.version')).toContainText('Før møtet')
  await maren.getByRole('button', { name: 'Til loggen' }).first().click()
  await measures(maren).filter({ hasText: 'ukentlig samtale' }).locator('.measure-text').click()
  await maren.keyboard.press('Home')
  await maren.keyboard.press('Shift+End')
  await expect.poll(() => maren.evaluate(() => String(getSelection()))).toBe('ukentlig samtale')
  await maren.keyboard.press('Alt+F10')
  await maren.getByRole('button', { name: 'Hvem skrev dette?' }).press('Enter')
  const who = maren.getByRole('dialog', { name: 'Hvem skrev dette?' })
  await expect(who.locator('.who-name')).not.toContainText('Maren')
  await expect(who).toContainText('flyttet hit av Maren')
  await expectAccessible(maren, 'who wrote this')
})

test('on a phone the history is a page: a guardian reads it, and cannot bring anything back', async ({
  enter,
}) => {
  const { page } = await enter('camilla', {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  })
  await page.getByRole('link', { name: 'Historikk' }).click()
  await expect(sessions(page).first()).toBeVisible()
  await expectAccessible(page, 'the list on a phone')
  await sessions(page).first().click()
  await expect(page.locator('.moment-text')).toBeVisible()
  await expect(page.getByRole('button', { name: /Hent tilbake/ })).toHaveCount(0)
  await expectAccessible(page, 'a moment on a phone')
  await page
    .getByRole('combobox', { name: 'Vis endringer' })
    .selectOption({ label: 'Siden loggen ble startet' })
  await expect(page.locator('ins.came').first()).toBeVisible()
  await page.getByRole('button', { name: 'Alle økter' }).click()
  await expect(sessions(page).first()).toBeVisible()
})
