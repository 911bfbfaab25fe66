import { desktop, expect, expectNoSidewaysScroll, phone, test } from './overview-people.ts'

test('one click signs in, and signing out shuts everything', async ({ app, page }) => {
  await page.goto(app.url)
  await page.getByRole('button', { name: /Maren Solbakken/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Maren')
  await page.getByRole('button', { name: /Du er Maren Solbakken/ }).click()
  await page.getByRole('menuitem', { name: 'Logg ut' }).click()
  await expect(page.getByRole('heading', { name: 'Hvem er du i dag?' })).toBeVisible()
  await expect(page.getByText('Jonas Bergset')).toHaveCount(0)
  expect((await page.request.get(`${app.url}/api/cases`)).status()).toBe(401)
})

test('the keyboard alone signs in and opens a log', async ({ app, page }) => {
  await page.goto(app.url)
  await page.getByRole('button', { name: /Maren Solbakken/ }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('button', { name: /Tore Kvalvik/ })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  const link = page.getByRole('link', { name: /^Jonas/ })
  await expect(link).toBeVisible()
  await expect(page.locator('main')).toBeFocused()
  for (let step = 0; step < 20 && !(await link.evaluate((one) => one === document.activeElement)); step++) {
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/logg\//)
})

test('a row says who holds the baton, how the goal stands and when each service wrote', async ({
  arrive,
}) => {
  const { page } = await arrive('maren', desktop)
  const row = page.getByRole('row', { name: /Jonas/ })
  await expect(row.getByRole('rowheader')).toContainText('5. trinn, Fjordvik skole')
  await expect(row).toContainText('Du')
  await expect(row.getByRole('listitem').first()).toContainText(/Mål 1: Jonas er på skolen fire dager i uka/)
  await expect(row.getByRole('listitem').first()).toContainText(/Skole −1/)
  await expect(page.getByRole('columnheader', { name: 'PPT' })).toBeVisible()
  await expect(row).toContainText(/Ingen ny linje på \d+ dager/)
  await expect(page.getByRole('columnheader', { name: 'Barnehage' })).toHaveCount(0)
})

test('the filter shows your own, or what lacks something', async ({ arrive }) => {
  const { page } = await arrive('silje', desktop)
  await expect(page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
  await page.getByText('Jeg er stafettholder').click()
  await expect(page.getByText('Ingen logger passer til dette valget.')).toBeVisible()
  await page.getByText('Mangler noe').click()
  await expect(page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
})

test('hidden names are gone from the page and the search, also after a reload', async ({ arrive }) => {
  const { page } = await arrive('maren', desktop)
  await expect(page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
  await page.getByRole('button', { name: 'Skjul navn' }).click()
  await page.reload()
  await expect(page.getByRole('link', { name: 'J. B.' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('jonas')
  await expect(page.getByRole('option').first()).toContainText('J. B.')
  await expect(page.locator('body')).not.toContainText(/Jonas/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveTitle(/^J\. B\./)
  await page.goBack()
  await page.getByRole('button', { name: 'Skjul navn' }).click()
  await expect(page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
})

test('the search finds text in your logs and nobody else’s', async ({ arrive }) => {
  const maren = await arrive('maren', desktop)
  await maren.page.keyboard.press('Control+k')
  await maren.page.keyboard.type('garderobe')
  const option = maren.page.getByRole('option', { name: /Jonas/ })
  await expect(option).toContainText(/garderobe/i)
  await maren.page.keyboard.press('ArrowDown')
  await expect(option).toHaveAttribute('aria-selected', 'true')
  await maren.page.keyboard.press('Enter')
  await expect(maren.page).toHaveURL(/\/logg\//)

  const nora = await arrive('nora', desktop)
  await nora.page.keyboard.press('Control+k')
  await nora.page.keyboard.type('garderobe')
  await expect(nora.page.getByText('Ingen treff på «garderobe» i loggene dine.')).toBeVisible()
})

test('a colleague who writes is seen on the overview without a reload', async ({ arrive }) => {
  const maren = await arrive('maren', desktop)
  const silje = await arrive('silje', desktop)
  await silje.page.locator('.case-list').getByRole('link', { name: /Jonas/ }).click()
  const composer = silje.page.getByRole('textbox', { name: /Skriv en linje/ })
  await composer.click()
  const row = maren.page.getByRole('row', { name: /Jonas/ })
  // It is said for some seconds; a machine that is slower than that sees it while she goes on.
  await expect(async () => {
    await composer.pressSequentially('Jonas var innom. ')
    await expect(row.getByText('Silje skriver').first()).toBeVisible({ timeout: 2000 })
  }).toPass()
  await silje.page.keyboard.press('Enter')
  await expect(row.getByText('Siste linje fra Skolehelsetjenesten: i dag')).toBeAttached({ timeout: 15_000 })
})

test('both languages are complete on the page, and the choice is remembered', async ({ arrive }) => {
  const { page } = await arrive('maren', desktop)
  await page.getByRole('button', { name: /Meny/ }).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Your cases' })).toBeVisible()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('columnheader', { name: 'Coordinator' })).toBeVisible()
})

test('on a phone the rows are cards, and nothing sticks out', async ({ arrive }) => {
  const { page } = await arrive('maren', phone)
  await expect(page.getByRole('heading', { level: 3, name: /Jonas/ })).toBeVisible()
  await expect(page.getByRole('table')).toHaveCount(0)
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: 'Søk' }).click()
  await page.keyboard.type('jonas')
  await expect(page.getByRole('option').first()).toBeVisible()
  await expectNoSidewaysScroll(page)
})

test('an overview that cannot be fetched says so, and comes when asked again', async ({ arrive }) => {
  const { page } = await arrive('maren', desktop)
  await page.route('**/api/cases', (route) =>
    route.fulfill({ status: 503, json: { error: { code: 'serverStopping' } } }),
  )
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('Stafett starter på nytt')
  await page.unroute('**/api/cases')
  await page.getByRole('button', { name: 'Prøv nå' }).click()
  await expect(page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
})

test('a server that does not answer is asked again by itself, and the page comes', async ({ arrive }) => {
  const { page } = await arrive('maren', desktop)
  await page.route('**/api/session', (route) => route.abort())
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Stafett svarer ikke nå' })).toBeVisible()
  await page.unroute('**/api/session')
  await expect(page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
})

test('offline, the rows stay and the page says how old they are', async ({ arrive }) => {
  const { page, context } = await arrive('maren', desktop)
  await expect(page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText('Du er frakoblet.').first()).toBeVisible()
  await expect(page.locator('.case-list').getByRole('link', { name: /Jonas/ })).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('Det du ser, er fra sist du var på nett.')).toHaveCount(0)
})

test('who has no log sees one calm sentence', async ({ arrive }) => {
  const { page } = await arrive('bodil', desktop)
  await expect(page.getByRole('heading', { name: 'Ingen saker ennå' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Ny logg' })).toHaveCount(0)
})
