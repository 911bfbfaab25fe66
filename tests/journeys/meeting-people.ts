import type { Locator, Page } from '@playwright/test'
import { type Enter, expect, type Someone, type Stage } from './log-people.ts'

export const projector = { viewport: { width: 1920, height: 1080 } }
export const phone = { viewport: { width: 390, height: 844 } }

/** Calls a meeting about demo log A for now, led by Maren; resolves to its id. */
export async function callMeeting(stage: Stage, { context }: Someone, id = 'mote-i-dag'): Promise<string> {
  const answer = await context.request.post('/api/meetings', {
    headers: { origin: stage.url },
    data: {
      id,
      cases: ['logg-a'],
      kind: 'case',
      title: 'Samarbeidsmøte',
      times: [Date.now()],
      minutes: 30,
      place: 'møterom Gran',
      link: '',
      leader: 'maren',
    },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return id
}

/** Signs somebody in and goes to the meeting. */
export async function goTo(enter: Enter, id: string, person: string, options = {}): Promise<Someone> {
  const someone = await enter(person, options)
  await someone.page.goto(`/mote/${id}`)
  return someone
}

export const title = (page: Page): Locator => page.locator('.wall-title')
export const minutes = (page: Page): Locator => page.locator('.wall-minutes .is-open-minutes')
export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Skriv i referatet' })
/** The five steps in order, each with the tiles that stand there. */
export const step = (page: Page, nth: number): Locator => page.locator('.wall-scale > li').nth(nth)
export const onGoal = (page: Page): Promise<void> =>
  expect(title(page)).toHaveText('Jonas er på skolen fire dager i uka innen 18.12.2026.')

/** Writes one line by the composer of the minutes. */
export async function minute(page: Page, line: string): Promise<void> {
  await composer(page).fill(line)
  await composer(page).press('Enter')
}
