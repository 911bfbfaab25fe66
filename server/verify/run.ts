import type { Config } from '../config.ts'
import { openSnapshot } from '../db/snapshot.ts'
import { createProgress } from '../progress.ts'
import { described } from './difference.ts'
import { verify } from './verify.ts'

/** `npm run verify`: says what it found on the terminal; exit code 1 when something is not as it should be. */
export async function runVerify(config: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<number> {
  const { rows, close } = await openSnapshot(config)
  const progress = createProgress()
  try {
    const report = await verify(rows, progress.tell)
    progress.end()
    const { logs, updates, auditRows, behind, difference } = report
    if (difference) {
      process.stdout.write(`First difference: ${described(difference)}.\n`)
      return 1
    }
    const count = (n: number) => n.toLocaleString('en')
    process.stdout.write(
      `Verified ${count(logs)} logs, ${count(updates)} updates, ${count(auditRows)} audit rows: all agree.\n`,
    )
    if (behind > 0)
      process.stdout.write(
        `The rows of ${count(behind)} logs are about to follow their latest updates; that is no difference.\n`,
      )
    return 0
  } finally {
    progress.end()
    await close()
  }
}
