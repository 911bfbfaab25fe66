import type { BrowserContext } from '@playwright/test'

/** A view that broke says to the person that it did, and here why. */
export function tellCrashes(context: BrowserContext): void {
  context.on('console', (message) => {
    if (message.text().startsWith('React Router caught')) console.error(message.text())
  })
}
