import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What comes and goes softly has come: words that are half there have half their contrast. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(passing.map((one) => one.finished))
  })

/** No accessibility findings (WCAG 2.2 A and AA) on the page, or in a part of it, as it is right now. */
export async function expectAccessible(page: Page, where: string, part?: string): Promise<void> {
  if (part !== undefined) await expect(page.locator(part).first()).toBeVisible()
  await settled(page)
  const axe = new AxeBuilder({ page }).withTags(standards)
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
  )
  expect.soft(found, where).toEqual([])
}
