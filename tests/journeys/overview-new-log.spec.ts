import { desktop, expect, expectNoSidewaysScroll, phone, test } from './overview-people.ts'

const concern = 'Sover lite og er sliten i timene.'

test('a log starts in under a minute by keyboard alone, and those invited see it at once', async ({
  arrive,
}) => {
  const tore = await arrive('tore', desktop)
  const camilla = await arrive('camilla', desktop)
  const { page } = tore
  await page.getByRole('link', { name: 'Ny logg' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Hva har dere lagt merke til?')).toBeFocused()
  await page.keyboard.type(concern)
  await page.keyboard.press('Tab')
  await page.keyboard.type('Mina')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'Ungdom' })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.type('14 år · 9. trinn')
  await page.keyboard.press('Tab')
  await page.keyboard.type('camilla')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 valgt')).toBeVisible()
  await expect(page.getByText('Du blir stafettholder. Du kan gi videre når som helst.')).toBeVisible()
  await page.getByRole('button', { name: 'Start loggen' }).press('Enter')
  await expect(page).toHaveURL(/\/logg\//)
  await expect(page.getByText(concern)).toBeVisible()
  await expect(camilla.page.getByRole('link', { name: 'Mina' })).toBeVisible()
  await expect(camilla.page.getByRole('row', { name: /Mina/ })).toContainText('Tore Kvalvik')
})

test('what is missing is said beside its field, and the first one gets the focus', async ({ arrive }) => {
  const { page } = await arrive('tore', desktop)
  await page.getByRole('link', { name: 'Ny logg' }).click()
  await page.getByLabel('Hvem gjelder det?').fill('Mina')
  await page.getByRole('button', { name: 'Start loggen' }).click()
  const field = page.getByLabel('Hva har dere lagt merke til?')
  await expect(field).toBeFocused()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(/Skriv én setning om det dere har sett/)
  await expect(page.getByLabel('Hvem gjelder det?')).not.toHaveAttribute('aria-invalid')
})

test('a server that is away costs no word, also after a look at the overview', async ({ arrive }) => {
  const { page } = await arrive('tore', desktop)
  await page.getByRole('link', { name: 'Ny logg' }).click()
  await page.getByLabel('Hva har dere lagt merke til?').fill(concern)
  await page.getByLabel('Hvem gjelder det?').fill('Emil')
  await page.route('**/api/cases', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.fallback(),
  )
  await page.getByRole('button', { name: 'Start loggen' }).click()
  await expect(page.getByRole('alert')).toContainText('Loggen er ikke startet ennå. Teksten er trygg her.')
  await page.getByRole('link', { name: 'Avbryt' }).click()
  await page.getByRole('link', { name: 'Ny logg' }).click()
  await expect(page.getByLabel('Hva har dere lagt merke til?')).toHaveValue(concern)
  await page.unroute('**/api/cases')
  await page.getByRole('button', { name: 'Start loggen' }).click()
  await expect(page).toHaveURL(/\/logg\//)
  await page.goto('/ny')
  await expect(page.getByLabel('Hva har dere lagt merke til?')).toHaveValue('')
})

test('it fits a phone', async ({ arrive }) => {
  const { page } = await arrive('tore', phone)
  await page.getByRole('link', { name: 'Ny logg' }).click()
  await expect(page.getByRole('checkbox').first()).toBeVisible()
  await expectNoSidewaysScroll(page)
})

test('a guardian is told who starts logs', async ({ arrive }) => {
  const { page } = await arrive('camilla', desktop)
  await page.goto('/ny')
  await expect(page.getByText('Fagfolk starter nye.')).toBeVisible()
})
